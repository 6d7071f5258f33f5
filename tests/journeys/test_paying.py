"""Paying on Zoho's page, as a client does it: success, failure, cancelling, a slow debit, a closed tab; and
several in a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.journeys.steps import SYNCED, is_accessible, signs_in
from tests.servers.running_product import RunningProduct

HARBOUR_LIGHT, LENA = "600123101", "lena@brightwater.example"
OpenPage = Callable[..., Page]
GOOD, BAD = "4242 4242 4242 4242", "4000 0000 0000 0002"


@pytest.fixture
def lena(product: RunningProduct, open_page: OpenPage) -> Page:
    page = open_page()
    signs_in(page, product, LENA)
    return page


def goes_to_pay(page: Page, product: RunningProduct) -> str:
    """From the list to Zoho's page; the id of the invoice."""
    page.goto(f"{product.portal}/invoices?type=unpaid&sort=due")
    page.get_by_role("link", name=re.compile("^Pay now")).first.click()
    found = re.search(r"/invoices/(\d+)/pay", page.url)
    assert found is not None, page.url
    is_accessible(page)
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    is_accessible(page)
    page.get_by_role("link", name="Go on to Zoho").click()
    return found.group(1)


def types_a_card(page: Page, number: str) -> None:
    page.locator("[name=number]").fill(number)
    page.locator("[name=expiry]").fill("11/41")
    page.locator("[name=holder]").fill("Lena Hartmann")
    page.locator("[name=action][value=pay]").first.click()


def headline_becomes(page: Page, headline: str) -> None:
    """Live, without a reload."""
    expect(page.locator("[data-headline]")).to_have_text(headline, timeout=SYNCED)


def in_zoho(product: RunningProduct, invoice_id: str) -> dict[str, Any]:
    invoice: dict[str, Any] = product.sandbox_state(HARBOUR_LIGHT, "invoices")[invoice_id]
    return invoice


def in_another_currency(page: Page, product: RunningProduct) -> None:
    """One of the client's open invoices is in euros from now on; the list shows it after the next sync."""
    page.goto(f"{product.portal}/invoices?type=unpaid")
    address = page.locator("a", has_text="Pay now").first.get_attribute("href") or ""
    body = {
        "organization_id": HARBOUR_LIGHT,
        "kind": "invoices",
        "id": address.split("/")[2],
        "fields": {"currency_code": "EUR"},
    }
    requests.post(f"{product.places.sandbox()}/_sandbox/documents", json=body, timeout=30).raise_for_status()
    expect_after_reloads(page, "€")


def expect_after_reloads(page: Page, text: str) -> None:
    for _ in range(SYNCED // 1000):
        if text in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise AssertionError(f"{page.url} never said {text!r}")


def test_a_declined_card_then_a_good_one(lena: Page, product: RunningProduct) -> None:
    invoice_id = goes_to_pay(lena, product)
    types_a_card(lena, BAD)
    expect(lena.locator("body")).to_contain_text("declined")
    assert in_zoho(product, invoice_id)["balance"] > 0
    types_a_card(lena, GOOD)
    headline_becomes(lena, "Paid: Zoho shows the payment")
    is_accessible(lena)
    assert in_zoho(product, invoice_id)["balance"] == 0
    for address in ("/", "/invoices"):
        lena.goto(f"{product.portal}{address}")
        assert lena.locator(f"a[href='/invoices/{invoice_id}/pay']").count() == 0


def test_cancelled_at_zoho_the_invoice_is_free_again(lena: Page, product: RunningProduct) -> None:
    invoice_id = goes_to_pay(lena, product)
    lena.locator("[name=action][value=cancel]").first.click()
    headline_becomes(lena, "Not paid")
    lena.goto(f"{product.portal}/invoices/{invoice_id}/pay")
    expect(lena.get_by_role("button", name=re.compile("^Pay "))).to_be_visible()


def test_the_tab_is_closed_and_a_colleague_of_the_browser_goes_on(
    lena: Page, product: RunningProduct
) -> None:
    invoice_id = goes_to_pay(lena, product)
    address = lena.url
    lena.goto(f"{product.portal}/invoices/{invoice_id}/pay")
    expect(lena.get_by_role("heading", name="Already being paid")).to_be_visible()
    is_accessible(lena)
    lena.get_by_role("button", name="Go on with it").click()
    lena.get_by_role("link", name="Go on to Zoho").click()
    assert lena.url == address
    # The bank is asked: it takes days, and nobody is asked to pay again.
    lena.locator("[name=method][value=bank]").first.check()
    lena.locator("[name=account_number]").fill("000123456789")
    lena.locator("[name=action][value=pay]").first.click()
    headline_becomes(lena, "A bank payment is on its way; this takes some days")
    assert in_zoho(product, invoice_id)["status"] != "paid"


def test_three_invoices_in_two_currencies_in_a_row(lena: Page, product: RunningProduct) -> None:
    in_another_currency(lena, product)
    lena.goto(f"{product.portal}/invoices?type=unpaid")
    boxes = lena.locator("input[type=checkbox][name=id]")
    assert boxes.count() >= 3, "the demo's client has fewer than three unpaid invoices"
    for number in range(3):
        boxes.nth(number).check()
    lena.get_by_role("button", name="Pay them").click()
    is_accessible(lena)
    lena.get_by_role("button", name="Begin with the first").click()
    row = lena.url
    for _ in range(3):
        is_accessible(lena)
        lena.get_by_role("link", name="Pay this one now").click()
        lena.get_by_role("button", name=re.compile("^Pay ")).click()
        lena.get_by_role("link", name="Go on to Zoho").click()
        types_a_card(lena, GOOD)
        headline_becomes(lena, "Paid: Zoho shows the payment")
        lena.get_by_role("link", name="Back to the other invoices").click()
        assert lena.url == row
    expect(lena.get_by_role("main")).to_contain_text("Nothing of these is left to pay")
