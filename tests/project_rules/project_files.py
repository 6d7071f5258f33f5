"""Which files are ours: everything git tracks, and everything it would track if it were added now."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PRODUCT = ("config", "cache", "connectors", "workers", "gateway")
"""The folders of the product, lowest first: a folder imports only what stands to its left."""

BESIDE_THE_PRODUCT = ("sandbox", "development")
"""Programs of ours that are started, never imported by the product."""

NOT_TEXT = {".png", ".jpg", ".jpeg", ".ico", ".woff2", ".pdf", ".gz"}


@cache
def our_files() -> tuple[Path, ...]:
    """Paths relative to the root, in order. Files git ignores (environments, run-time state) are not ours."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()}))


def text_files() -> tuple[Path, ...]:
    return tuple(path for path in our_files() if path.suffix not in NOT_TEXT)


def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files of these top folders; without any, all of ours, the `dev` program included."""
    chosen = (path for path in our_files() if path.suffix == ".py" or path == Path("dev"))
    return tuple(path for path in chosen if not folders or path.parts[0] in folders)


@cache
def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
