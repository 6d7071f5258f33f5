"""CONTRIBUTING.md's recipes, followed on a copy: whole they pass, and each step left out is missed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project_rules.recipes import RECIPES, Recipe

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("config", "cache", "connectors", "workers", "gateway", "tests")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    leave_out = shutil.ignore_patterns("__pycache__", "static", "screenshots")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=leave_out)
    return tmp_path


def is_accepted(recipe: Recipe, copy: Path) -> tuple[bool, str]:
    ran = subprocess.run(
        [sys.executable, "-B", "-c", recipe.check], cwd=copy, capture_output=True, text=True, check=False
    )
    return ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_works_whole_and_each_step_left_out_is_missed(title: str, copy: Path) -> None:
    steps = RECIPES[title].steps
    originals = {file: (copy / file).read_text() if (copy / file).exists() else None for file in steps}
    for file, edit in steps.items():
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        (copy / file).write_text(edit(copy))
    accepted, errors = is_accepted(RECIPES[title], copy)
    assert accepted, errors
    for file, original in originals.items():
        changed = (copy / file).read_text()
        if original is None:
            (copy / file).unlink()
        else:
            (copy / file).write_text(original)
        assert not is_accepted(RECIPES[title], copy)[0], f"nothing missed {file}"
        (copy / file).write_text(changed)


def test_the_recipes_name_the_files_that_are_touched_in_order() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text().partition("## Recipes")[2]
    written = {
        part.partition("\n")[0]: re.findall(r"^\d\. `([^`]+)`", part, re.MULTILINE)
        for part in text.split("### ")[1:]
    }
    assert written.keys() == RECIPES.keys()
    for title, recipe in RECIPES.items():
        for named, file in zip(written[title], recipe.steps, strict=True):
            assert file == named or (named.endswith("/") and file.startswith(named)), title
