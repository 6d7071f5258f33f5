"""Who looks at the pages: Lena, whose company has everything, June, whose company has nothing yet, and Ada,
the merchant.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from development.demo import MERCHANT, ORGANISATION, PASSWORD, connected_merchant, let_in
from tests.servers.running_product import RunningProduct

LENA = "lena@brightwater.example"
JUNE, JUNE_NAME = "june@quietharbor.example", "June Park"


def invite_june(product: RunningProduct) -> None:
    """Quiet Harbor Yoga is a customer without a single document."""
    let_in(connected_merchant(product.places), JUNE_NAME, JUNE, product.places)


def everything_is_allowed(page: Page, product: RunningProduct) -> None:
    """Ada ticks whatever clients may do."""
    page.goto(f"{product.portal}{merchant_signs_in(page, product)}settings")
    off = page.locator("input[type=checkbox][name^=may_]:not(:checked)")
    while off.count():
        off.first.check()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")


def comments_on_an_invoice(page: Page, product: RunningProduct) -> None:
    """So that there is a request with a receipt, and something in the company's activity."""
    page.goto(f"{product.portal}/invoices?type=unpaid")
    page.locator("tbody th a").first.click()
    page.locator("textarea[name=text]").fill("The delivery note is missing a page.")
    page.locator("form:has(textarea[name=text]) button[type=submit]").click()
    page.wait_for_url("**/requests/*")


def client_signs_in(page: Page, product: RunningProduct, email: str) -> None:
    page.goto(f"{product.portal}/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(f"{product.portal}/")


def merchant_signs_in(page: Page, product: RunningProduct) -> str:
    """Returns the path of the organisation's first page."""
    page.goto(f"{product.portal}/merchant")
    page.get_by_role("button", name="Connect Zoho Books").click()
    page.get_by_label(re.compile(MERCHANT)).check()
    page.get_by_role("button", name="Allow").click()
    page.get_by_role("link", name=re.compile(f"Open.*{ORGANISATION}")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page.url.removeprefix(product.portal)
