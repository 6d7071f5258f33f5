"""Every Lua script says which keys it touches, fits its line, compiles, and touches nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from redis.exceptions import ResponseError

from cache.lua import load_script
from cache.stores import Stores
from tests.cache.restricted_scripts import BUILDS, declared

CACHE = Path(__file__).resolve().parents[2] / "cache"
FILES = sorted(CACHE.rglob("*.lua"))
INCLUDED = {
    name
    for file in FILES
    for name in re.findall(r"^-- include: (\w+)$", file.read_text("utf-8"), re.MULTILINE)
}
SCRIPTS = [file for file in FILES if file.stem not in INCLUDED]


def name_of(file: Path) -> str:
    return file.relative_to(CACHE).as_posix()


def text_of(file: Path) -> str:
    package = ".".join(("cache", *file.relative_to(CACHE).parent.parts))
    return load_script(package, file.stem)


def test_there_are_scripts_and_fragments() -> None:
    assert len(SCRIPTS) > 30 and {"clock", "conflict_in", "unindex"} == INCLUDED


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_file_fits_its_lines(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 110] == []
    assert [number for number, line in enumerate(lines, 1) if line != line.rstrip() or "\t" in line] == []


@pytest.mark.parametrize("file", SCRIPTS, ids=name_of)
def test_the_head_names_what_the_body_uses(file: Path) -> None:
    text = file.read_text("utf-8")
    head = "\n".join(line for line in text.splitlines() if line.startswith("--"))
    assert "KEYS:" in head
    assert ("ARGV:" in head) == bool(re.search(r"^[^-\n].*ARGV\[|#ARGV", text_of(file), re.MULTILINE))


@pytest.mark.parametrize("file", SCRIPTS, ids=name_of)
def test_it_compiles_and_sets_no_global(file: Path, stores: Stores) -> None:
    assert len(str(stores.records.script_load(text_of(file)))) == 40
    assigned = re.findall(r"^\s*(?!local\b)([a-z_]\w*) = .*[^,]$", text_of(file), re.MULTILINE)
    local = set(re.findall(r"\w+", " ".join(re.findall(r"local ([\w, ]+)", text_of(file)))))
    assert [name for name in assigned if name not in local] == []


def test_what_a_script_does_not_declare_is_refused(stores: Stores) -> None:
    body = "return redis.call('SET', KEYS[1] .. ':x', '1')"
    undeclared = stores.records.register_script(f"-- KEYS: one\n{body}")
    with pytest.raises(ResponseError, match="ACL failure"):
        undeclared(keys=["o:{us-1}:one"])
    built = stores.records.register_script(f"-- KEYS: one\n-- Builds: KEYS[1]:*\n{body}")
    assert built(keys=["o:{us-1}:one"])


def test_built_keys_are_read_from_the_head() -> None:
    text = "-- KEYS: one\n-- Builds: ARGV[2]*, KEYS[1]:n\n"
    assert BUILDS.findall(text) == ["ARGV[2]*, KEYS[1]:n"]
    assert declared(text, ["o:{a}:k*"], ["x", "o:{a}:p:"]) == ["o:{a}:k\\*", "o:{a}:p:*", "o:{a}:k\\*:n"]
