"""In a real Chromium: the theme a person chose decides over the device's, for Foyer's colours and the
merchant's; paper is light.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from config.colours import Accent, dark_accent, light_accent, stylesheet

FOYER = (Path(__file__).parents[3] / "gateway/static/foyer.css").read_text(encoding="utf-8")
MERCHANTS = "#ffdd00"
PAGE = """<!doctype html><html lang="en"{theme}>
<head><title>Invoice</title><style>{foyer}</style><style>{merchants}</style></head>
<body><a class="button button-primary" href="/">Pay now</a><p class="soft">Due in 5 days</p></body></html>"""
SOFT = "document.querySelector('.soft')"
BUTTON = "document.querySelector('.button')"


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


@pytest.mark.parametrize(
    ("chosen", "device", "shown"),
    [
        ("", "light", "light"),
        ("", "dark", "dark"),
        ("light", "dark", "light"),
        ("dark", "light", "dark"),
        ("dark", "dark", "dark"),
    ],
)
def test_the_chosen_theme_decides_and_paper_is_light(
    chromium: Browser, chosen: str, device: str, shown: str
) -> None:
    page = chromium.new_page(color_scheme="dark" if device == "dark" else "light", reduced_motion="reduce")
    theme = f' data-theme="{chosen}"' if chosen else ""
    page.set_content(PAGE.format(theme=theme, foyer=FOYER, merchants=stylesheet(MERCHANTS)))
    accent: Accent = (dark_accent if shown == "dark" else light_accent)(MERCHANTS)
    style = "(() => {{ const style = getComputedStyle({}); return [style.color, style.backgroundColor]; }})()"
    assert page.evaluate(style.format(BUTTON)) == [rgb(accent.on_accent), rgb(accent.accent)]
    assert page.evaluate(style.format(SOFT))[0] == rgb("#a3adbd" if shown == "dark" else "#515b6d")
    page.emulate_media(media="print")
    assert page.evaluate(style.format(SOFT))[0] == rgb("#515b6d")
    page.close()
