"""What an installed Foyer would lack: every file of the product that is no code must be named in
setup.cfg.
"""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

from tests.project_rules.project_files import PRODUCT, ROOT, our_files


def packed() -> set[Path]:
    """The files that setup.cfg puts beside the code in a wheel."""
    declared = ConfigParser()
    declared.read(ROOT / "setup.cfg", encoding="utf-8")
    folders = {
        ROOT / package.replace(".", "/"): patterns.split()
        for package, patterns in declared["options.package_data"].items()
    }
    found = {
        path for folder, patterns in folders.items() for pattern in patterns for path in folder.glob(pattern)
    }
    return {path.relative_to(ROOT) for path in found}


def test_every_file_beside_the_code_is_packed() -> None:
    beside = {path for path in our_files() if path.parts[0] in PRODUCT and path.suffix != ".py"}
    assert len(beside) > 100
    assert sorted(beside - packed()) == []
