"""The stylesheet: each colour once, whether a person or their device asks for dark, and no side that only
fits one way of reading.
"""

from __future__ import annotations

import re
from pathlib import Path

TEXT = re.sub(
    r"/\*.*?\*/",
    "",
    (Path(__file__).parents[3] / "gateway/static/foyer.css").read_text(encoding="utf-8"),
    flags=re.DOTALL,
)
ONE_SIDE = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def test_each_colour_stands_once_for_light_and_dark_pages() -> None:
    tokens = re.findall(r"(--[\w-]+):\s*([^;]+);", TEXT[: TEXT.index("\n}\n")])
    assert {"--ink", "--page", "--accent", "--on-accent"} <= {
        name for name, value in tokens if value.startswith("light-dark(")
    }
    assert [
        name
        for name, value in tokens
        if "#" in value and not re.fullmatch(r"light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)", value)
    ] == []


def test_a_theme_chooses_a_scheme_and_no_colours() -> None:
    assert "prefers-color-scheme" not in TEXT
    chosen = re.findall(r"[^\n]*data-theme[^\n]*", TEXT)
    assert chosen and all(re.fullmatch(r".*\{ color-scheme: (light|dark); \}( \})?", item) for item in chosen)


def test_nothing_has_a_side_that_stays_when_the_page_is_read_from_right_to_left() -> None:
    assert [found[0] for found in ONE_SIDE.finditer(TEXT)] == []


def test_a_side_is_caught() -> None:
    faults = (
        "p { left: 0; }",
        "p { margin-left: 1px }",
        "p { text-align: right; }",
        "p { border-top-left-radius: 1px; }",
    )
    assert all(ONE_SIDE.search(fault) for fault in faults)
    assert not ONE_SIDE.search(
        "p { inset-inline-end: 0; margin-inline: 0; text-align: end; background-position: left center; }"
    )
