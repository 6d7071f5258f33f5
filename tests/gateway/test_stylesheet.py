"""The stylesheet: one dark for those who chose it and those whose device asks for it, and no side that only fits one way of reading."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = re.sub(r"/\*.*?\*/", "", (Path(__file__).parents[2] / "gateway/static/foyer.css").read_text(encoding="utf-8"), flags=re.DOTALL)
ONE_SIDE = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def tokens(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\}", TEXT, re.DOTALL)
    assert block, selector
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block[1]))


def test_dark_by_choice_is_dark_by_device() -> None:
    assert tokens(':root[data-theme="dark"]') == tokens(':root:not([data-theme="light"])') != {}


def test_dark_knows_only_tokens_that_light_has() -> None:
    assert set(tokens(':root[data-theme="dark"]')) <= set(tokens(":root"))


def test_nothing_has_a_side_that_stays_when_the_page_is_read_from_right_to_left() -> None:
    assert [found[0] for found in ONE_SIDE.finditer(TEXT)] == []


def test_a_side_is_caught() -> None:
    faults = ("p { left: 0; }", "p { margin-left: 1px }", "p { text-align: right; }", "p { border-top-left-radius: 1px; }")
    assert all(ONE_SIDE.search(fault) for fault in faults)
    assert not ONE_SIDE.search("p { inset-inline-end: 0; margin-inline: 0; text-align: end; background-position: left center; }")
