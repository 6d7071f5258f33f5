"""Any colour a merchant may choose becomes one that can be read, in both schemes."""

from __future__ import annotations

import random

import pytest

from config.colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    MIN_CONTRAST,
    Accent,
    contrast,
    dark_accent,
    light_accent,
    stylesheet,
)

COLOURS = ["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#ff0000", "#777777", "#808080"] + [
    f"#{random.Random(seed).randrange(1 << 24):06x}" for seed in range(2_000)
]


def hexes(grounds: tuple[tuple[int, int, int], ...]) -> list[str]:
    return ["#{:02x}{:02x}{:02x}".format(*ground) for ground in grounds]


def faults(accent: Accent, grounds: list[str]) -> list[str]:
    pairs = [(accent.accent, ground) for ground in (*grounds, accent.wash, accent.on_accent)]
    pairs += [(accent.strong, ground) for ground in (*grounds, accent.on_accent)]
    return [
        f"{pair} on {other}: {contrast(pair, other):.2f}"
        for pair, other in pairs
        if contrast(pair, other) < MIN_CONTRAST
    ]


def test_words_in_every_colour_and_on_it_can_be_read_in_both_schemes() -> None:
    found = [
        (colour, fault)
        for colour in COLOURS
        for accent, grounds in ((light_accent(colour), LIGHT_GROUNDS), (dark_accent(colour), DARK_GROUNDS))
        for fault in faults(accent, hexes(grounds))
    ]
    assert found == []


def test_a_colour_that_can_be_read_already_is_left_as_it_is() -> None:
    assert light_accent("#0b5e3f").accent == "#0b5e3f"
    assert dark_accent("#a5b0ff").accent == "#a5b0ff"


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["red", "#FFF", "#12345g", "#123456;} body{display:none", ""])
def test_nothing_but_a_colour_becomes_part_of_a_style_sheet(colour: str) -> None:
    with pytest.raises(ValueError):
        stylesheet(colour)


def test_both_schemes_stand_in_one_rule_that_a_chosen_theme_decides_too() -> None:
    sheet = stylesheet("#ffdd00", selector=".branding-preview")
    light, dark = light_accent("#ffdd00"), dark_accent("#ffdd00")
    assert sheet.startswith(".branding-preview {") and "@media" not in sheet
    assert f"--accent: light-dark({light.accent}, {dark.accent});" in sheet
    assert f"--on-accent: light-dark({light.on_accent}, {dark.on_accent});" in sheet
