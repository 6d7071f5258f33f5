"""What README and docs/ name is there: files, pictures, links, commands, scopes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from connectors.zoho.api.scopes import BOOKS_SCOPES
from development.command_line import main

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMED_FILE = re.compile(
    r"`((?:config|cache|connectors|workers|gateway|sandbox|development|tests|docs)/[\w./-]+\.\w+)`"
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)|src=\"([^\"]+)\"")
COMMAND = re.compile(r"`\./dev (\w+)|^ {4}\./dev (\w+)", re.MULTILINE)

by_name = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@by_name
def test_every_file_that_is_named_is_there(document: Path) -> None:
    missing = [name for name in NAMED_FILE.findall(document.read_text("utf-8")) if not (ROOT / name).exists()]
    assert missing == []


@by_name
def test_every_link_and_picture_leads_somewhere(document: Path) -> None:
    targets = [match or other for match, other in LINK.findall(document.read_text("utf-8"))]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_command_that_is_named_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    named = {
        match or other
        for document in DOCUMENTS
        for match, other in COMMAND.findall(document.read_text("utf-8"))
    }
    assert {"up", "test", "down", "status"} <= named
    assert [name for name in sorted(named) if not re.search(rf"^    {name}\b", known, re.MULTILINE)] == []


def test_the_readme_names_every_scope_that_connecting_asks_for() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [
        scope
        for scope in BOOKS_SCOPES
        if f"`{scope}`" not in text and f"`{scope.removeprefix('ZohoBooks.')}`" not in text
    ] == []


def test_every_decision_stands_in_their_list_by_its_title() -> None:
    folder = ROOT / "docs/decisions"
    titles = {path.name: path.read_text("utf-8").split("\n", 1)[0] for path in folder.glob("[0-9]*.md")}
    rows = re.findall(
        r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name: f"# {number}. {title}" for number, title, name in rows} == titles


def test_the_patterns_find_what_they_look_for() -> None:
    assert NAMED_FILE.findall("see `cache/keys.py` and `tests/crash/test_x.py`") == [
        "cache/keys.py",
        "tests/crash/test_x.py",
    ]
    assert LINK.findall('[a](docs/b.md) [c](https://x.example) <img src="d.png">') == [
        ("docs/b.md", ""),
        ("", "d.png"),
    ]
    assert COMMAND.findall("`./dev up --detach`\n    ./dev test    # all") == [("up", ""), ("", "test")]
