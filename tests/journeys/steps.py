"""What people do in the journeys, in their words."""

from __future__ import annotations

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.servers.running_product import RunningProduct

SCREENSHOTS = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SYNCED = 90_000
"""Milliseconds in which a change in Zoho must be seen: the demo looks every 15 s."""


def agrees_in_zoho(page: Page, person: str) -> None:
    """On the consent page: says who is signing in, and allows."""
    page.get_by_label(re.compile(person)).check()
    page.get_by_role("button", name="Allow").click()


def signs_in(page: Page, product: RunningProduct, email: str) -> None:
    page.goto(f"{product.portal}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(product.client_sign_in(email)["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")


def is_accessible(page: Page) -> None:
    """axe finds nothing, and nothing sticks out at the side."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px wider than the window"


def keeps_picture(page: Page, name: str) -> None:
    """Only when asked, so that a test run leaves the tree as it was."""
    if os.environ.get("FOYER_SCREENSHOTS"):
        page.screenshot(path=str(SCREENSHOTS / f"{name}.png"))


def estimate_id_of(page: Page) -> str:
    found = re.search(r"/estimates/(\d+)", page.url)
    assert found is not None, page.url
    return found.group(1)


def accepts_shown_estimate(page: Page) -> None:
    page.get_by_role("link", name="Accept", exact=True).click()
    page.get_by_role("button", name=re.compile("^Accept for")).click()


def receipt_is_confirmed(page: Page) -> None:
    """Live, without a reload: the page that was opened says so by itself."""
    expect(page.locator("[data-headline]")).to_have_text("Confirmed by Zoho", timeout=SYNCED)


def reloads_until(page: Page, text: str) -> None:
    """Looks again, as a person does, until the page says `text`."""
    for _ in range(SYNCED // 1000):
        if page.get_by_role("main").get_by_text(text, exact=True).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{page.url} never said {text!r}")
