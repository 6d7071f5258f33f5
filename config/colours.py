"""Make a merchant's colour readable: text in it and on it keeps a contrast of 4.5 to 1 (WCAG 1.4.3). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

MIN_CONTRAST = 4.5
DEFAULT_COLOUR = "#3b49c9"
"""The accent colour of gateway/static/foyer.css."""

COLOUR = re.compile(r"#[0-9a-f]{6}")
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
LIGHT_GROUNDS = ((255, 255, 255), (247, 248, 250), (241, 243, 246))
DARK_GROUNDS = ((22, 26, 33), (14, 17, 22), (28, 33, 42))
"""Card, page and sunken of gateway/static/foyer.css."""

STEPS = 64
Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Accent:
    """One scheme's tokens, each #rrggbb: text and buttons, their hover colour, a tint behind text, text on a
    button.
    """

    accent: str
    strong: str
    wash: str
    on_accent: str


def light_accent(colour: str) -> Accent:
    """For light pages: darkened as far as needed. colour: #rrggbb in lower case."""
    return _accent(colour, LIGHT_GROUNDS, towards=BLACK, on_accent=WHITE, wash=0.08)


def dark_accent(colour: str) -> Accent:
    """For dark pages: lightened as far as needed."""
    return _accent(colour, DARK_GROUNDS, towards=WHITE, on_accent=(11, 14, 20), wash=0.2)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    return _contrast(_rgb(one), _rgb(other))


def stylesheet(colour: str, *, selector: str = ":root") -> str:
    """The tokens of both schemes as CSS for `selector`. The page's color-scheme chooses between them, and
    with it the person's theme.

    colour: #rrggbb in lower case; anything else raises ValueError, because it becomes part of a style sheet.
    """
    if not COLOUR.fullmatch(colour):
        raise ValueError(colour)
    light, dark = light_accent(colour), dark_accent(colour)
    tokens = {
        "--accent": f"light-dark({light.accent}, {dark.accent})",
        "--accent-strong": f"light-dark({light.strong}, {dark.strong})",
        "--accent-wash": f"light-dark({light.wash}, {dark.wash})",
        "--on-accent": f"light-dark({light.on_accent}, {dark.on_accent})",
        # A custom property is computed where it is declared, so a preview inside a page has to declare it
        # again.
        "--bs-link-color": "var(--accent)",
        "--bs-link-hover-color": "var(--accent-strong)",
    }
    return f"{selector} {{ {' '.join(f'{name}: {value};' for name, value in tokens.items())} }}\n"


def _accent(colour: str, grounds: tuple[Rgb, ...], *, towards: Rgb, on_accent: Rgb, wash: float) -> Accent:
    chosen = _rgb(colour)
    for step in range(STEPS + 1):
        tried = _mixed(chosen, towards, step / STEPS)
        behind = _mixed(grounds[0], tried, wash)
        if all(_contrast(tried, ground) >= MIN_CONTRAST for ground in (*grounds, behind, on_accent)):
            break
    return Accent(_text(tried), _text(_mixed(tried, towards, 0.22)), _text(behind), _text(on_accent))


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _text(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
