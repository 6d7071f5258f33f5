"""Every page of the portal in a real Chromium: axe finds nothing, nothing sticks out, on wide windows and on
telephones.

The walk follows links, and the routes are counted afterwards: a new page is looked at by itself, or the test
fails. ./dev screenshots runs the same walk and keeps a picture of each look.
"""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from gateway.web.access import Access
from tests.every_page.crawl import NEEDS_A_CHOICE, Crawl, page_endpoints
from tests.every_page.page_checks import PageChecks
from tests.every_page.personas import (
    JUNE,
    LENA,
    client_signs_in,
    comments_on_an_invoice,
    everything_is_allowed,
    invite_june,
    merchant_signs_in,
)
from tests.journeys.conftest import OpenPage
from tests.servers.running_product import RunningProduct

LISTS = ("estimates", "invoices", "subscriptions", "payments")

NO_LINK_LEADS_THERE = {
    "requests.state": "asked by the script of a receipt",
    "paying.back": "where Zoho's page sends people: it leads on to the receipt at once",
    "payment_batch.show": "a form leads there; looked at after the walk",
}
"""What clients may open and no link of a page leads to, and why."""


def walk(
    page: Page, routes: Flask, product: RunningProduct, who: str, page_checks: PageChecks, *starts: str
) -> Crawl:
    crawl = Crawl(page, routes, product.portal)
    for endpoint in crawl.pages(*starts):
        page_checks.judge(f"{who}.{endpoint}")
    return crawl


def starts_batch_payment(page: Page, product: RunningProduct) -> None:
    """Nothing is paid by it: the row of what is to be paid is kept, and shown."""
    page.goto(f"{product.portal}/pay-several")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_url("**/pay-several/P-*")


def check_every_status(page: Page, product: RunningProduct, page_checks: PageChecks) -> None:
    """A document looks and may do something else in each status: the first of each choice of each list's
    filter.
    """
    for name in LISTS:
        page.goto(f"{product.portal}/{name}")
        for choice in page.locator("select[name=type] option").evaluate_all(
            "all => all.map(one => one.value)"
        ):
            page.goto(f"{product.portal}/{name}?type={choice}")
            first = page.locator("tbody th a, .record a").first
            if first.count():
                first.click()
                page_checks.judge(f"client.{name}.{choice or 'all'}")


def test_every_page_of_a_client_who_has_everything(
    product: RunningProduct, routes: Flask, open_page: OpenPage
) -> None:
    everything_is_allowed(open_page(), product)
    page = open_page()
    client_signs_in(page, product, LENA)
    comments_on_an_invoice(page, product)
    page_checks = PageChecks(page)
    crawl = walk(page, routes, product, "client", page_checks, "/")
    check_every_status(page, product, page_checks)
    starts_batch_payment(page, product)
    page_checks.judge("client.payment_batch.show")
    assert page_checks.faults == [], "\n".join(page_checks.faults)
    missed = (
        page_endpoints(routes, Access.CLIENT)
        - set(crawl.seen)
        - crawl.files
        - set(NO_LINK_LEADS_THERE)
        - NEEDS_A_CHOICE
    )
    assert missed == set(), "nobody looks at these pages"


def test_every_page_from_right_to_left(product: RunningProduct, routes: Flask, open_page: OpenPage) -> None:
    page = open_page()
    client_signs_in(page, product, LENA)
    page.goto(f"{product.portal}/language/ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page_checks = PageChecks(page, swap_schemes=True)
    crawl = walk(page, routes, product, "arabic", page_checks, "/")
    assert page_checks.faults == [], "\n".join(page_checks.faults)
    assert {"dashboard.show", "estimates.detail", "invoices.detail"} <= set(crawl.seen)
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_every_page_of_a_client_who_has_nothing(
    product: RunningProduct, routes: Flask, open_page: OpenPage
) -> None:
    invite_june(product)
    page = open_page()
    client_signs_in(page, product, JUNE)
    page_checks = PageChecks(page)
    crawl = walk(page, routes, product, "nothing", page_checks, "/")
    assert page_checks.faults == [], "\n".join(page_checks.faults)
    assert {"dashboard.show", "estimates.listing", "invoices.listing", "payments.listing"} <= set(crawl.seen)


def test_every_page_of_a_merchant(product: RunningProduct, routes: Flask, open_page: OpenPage) -> None:
    page = open_page(expects="410")  # letters hold links that have been used
    home = merchant_signs_in(page, product)
    page_checks = PageChecks(page)
    crawl = walk(page, routes, product, "merchant", page_checks, home, "/merchant")
    assert page_checks.faults == [], "\n".join(page_checks.faults)
    assert len(crawl.seen) >= 8


@pytest.mark.parametrize(
    "path", ["/sign-in", "/language/ar", "/merchant", "/no-such-page", "/invitations/nobody-has-this-one"]
)
def test_the_pages_before_any_door(product: RunningProduct, open_page: OpenPage, path: str) -> None:
    page = open_page(expects="4")
    page.goto(f"{product.portal}{path}")
    page_checks = PageChecks(page)
    page_checks.judge(f"nobody{path.replace('/', '.')}")
    assert page_checks.faults == [], "\n".join(page_checks.faults)
