"""What every page must be in a real browser, at every size and in both schemes; and the pictures that are
kept of it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"
WIDE, PHONE = (1280, 900), (390, 844)
NARROWEST, ZOOMED = (320, 700), (640, 450)
"""The narrowest telephone; and a window of 1280 at 200 %, which has room for 640."""

USUAL = ((WIDE, "light"), (PHONE, "dark"))
ALL = tuple((size, scheme) for size in (WIDE, PHONE) for scheme in ("light", "dark"))
SIZE = "target-size"
RULES: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {SIZE: {"enabled": False}},
    "resultTypes": ["violations"],
}
SIZES: dict[str, object] = {"runOnly": {"type": "rule", "values": [SIZE]}, "resultTypes": ["violations"]}
"""Judged while nothing is open: what a drop-down lies upon is covered for as long as it is open, and not
small.
"""


class PageChecks:
    """Collects what is wrong instead of stopping at the first: a page is mended whole."""

    def __init__(self, page: Page, *, swap_schemes: bool = False) -> None:
        self._page, self.faults = page, list[str]()
        usual = (
            tuple((size, "dark" if scheme == "light" else "light") for size, scheme in USUAL)
            if swap_schemes
            else USUAL
        )
        self._viewports = ALL if os.environ.get("FOYER_VIEWPORTS") == "all" else usual

    def judge(self, name: str) -> None:
        """name: of the page and its state, for the words and the picture."""
        for size, scheme in self._viewports:
            self._show(size, scheme)
            where = f"{name} at {size[0]} px, {scheme}"
            self._find(where, SIZES)
            self._open_drop_downs(size == PHONE)
            self._find(where, RULES)
            self._open_drop_downs(False)
            self._keep_picture(f"{name}.{'wide' if size == WIDE else 'phone'}.{scheme}")
        for size in (NARROWEST, ZOOMED):
            self._show(size, "light")
            self._fits(f"{name} at {size[0]} px")
        self._show(WIDE, "light")

    def _find(self, where: str, rules: dict[str, object]) -> None:
        for violation in self._violations(rules):
            places = "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
            self.faults.append(f"{where}: {violation['id']}: {places}")

    def _violations(self, rules: dict[str, object]) -> list[dict[str, Any]]:
        """axe is brought into a page once: it is looked at several times."""
        if not self._page.evaluate("'axe' in window"):
            self._page.evaluate(AXE_SCRIPT)
        found: list[dict[str, Any]] = self._page.evaluate(
            "rules => axe.run(document, rules).then(found => found.violations)", rules
        )
        return found

    def _show(self, size: tuple[int, int], scheme: str) -> None:
        self._page.set_viewport_size({"width": size[0], "height": size[1]})
        # Without motion: colours are judged as they end, not half-way from one scheme to the other.
        self._page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two words

    def _fits(self, where: str) -> None:
        too_wide = self._page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if too_wide > 0:
            widest = self._page.evaluate(
                "() => [...document.querySelectorAll('body *')].filter(one => "
                "one.getBoundingClientRect().right > innerWidth + 1"
                " || one.getBoundingClientRect().left < -1).map(one => one.outerHTML.slice(0, "
                "120)).slice(-1)[0] || ''"
            )
            self.faults.append(f"{where}: {too_wide} px wider than the window: {widest}")

    def _open_drop_downs(self, is_open: bool) -> None:
        self._page.evaluate(
            "is => document.querySelectorAll('details').forEach(one => { one.open = is; })", is_open
        )

    def _keep_picture(self, name: str) -> None:
        """Only when asked, so that a test run leaves the tree as it was."""
        if os.environ.get("FOYER_SCREENSHOTS"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            self._page.screenshot(path=str(PICTURES / f"{name}.jpg"), type="jpeg", quality=60, full_page=True)
