"""The main job, end to end: a merchant connects Zoho Books and invites a client, who answers estimates; Zoho
has the answers.
"""

from __future__ import annotations

import re

import requests
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, OpenPage
from tests.journeys.steps import (
    SYNCED,
    accepts_shown_estimate,
    agrees_in_zoho,
    estimate_id_of,
    is_accessible,
    keeps_picture,
    receipt_is_confirmed,
    reloads_until,
    signs_in,
)
from tests.servers.running_product import RunningProduct

HARBOUR_LIGHT, WEBER = "600123101", "200345601"
LENA = "lena@brightwater.example"
PASSWORD = "ein langes Wort für Brot"


def jonas_connects(page: Page, product: RunningProduct) -> None:
    page.goto(f"{product.portal}/merchant")
    is_accessible(page)
    page.get_by_label("Where does your Zoho account live?").select_option("eu")
    page.get_by_role("button", name="Connect Zoho Books").click()
    agrees_in_zoho(page, "Jonas Weber")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which organisation shall have a portal?")
    is_accessible(page)
    page.get_by_role("button", name=re.compile("Weber & Sohn Werkzeuge")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Weber & Sohn Werkzeuge")


def invites_petra(page: Page) -> str:
    """Returns the link in her letter."""
    page.get_by_role("link", name="Clients", exact=True).click()
    page.get_by_label("Person or customer").fill("petra")
    page.get_by_role("button", name="Show").click()
    is_accessible(page)
    page.get_by_role("button", name="Invite Petra Sommer").click()
    expect(page.get_by_role("status")).to_contain_text("Invited")
    page.get_by_role("link", name="Letters").click()
    links = page.locator("article", has_text="petra").locator('a[href*="/invitations/"]')
    for _ in range(60):
        if links.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    return links.first.get_attribute("href") or ""


def test_from_connecting_zoho_to_an_accepted_estimate(product: RunningProduct, open_page: OpenPage) -> None:
    merchant = open_page()
    jonas_connects(merchant, product)
    # The first sync is visible and ends by itself.
    for name in ("contacts", "estimates", "invoices", "payments"):
        expect(merchant.locator(f'[data-list="{name}"] [data-word]')).to_have_text(
            "Up to date", timeout=SYNCED
        )
    keeps_picture(merchant, "merchant")
    link = invites_petra(merchant)

    petra = open_page()
    petra.goto(link)
    is_accessible(petra)
    petra.get_by_label("Password", exact=True).fill(PASSWORD)
    petra.get_by_label("The same password again").fill(PASSWORD)
    petra.get_by_role("button", name="Set password and sign in").click()
    expect(petra.get_by_role("heading", level=1)).to_have_text("Hello Petra Sommer")
    expect(petra.get_by_role("main")).to_contain_text(re.compile("waits? for your answer"))

    petra.get_by_role("link", name="Estimates", exact=True).click()
    petra.get_by_label("Status").select_option(label="Waiting for you")
    expect(petra).to_have_url(re.compile("type="))
    petra.locator("tbody th a").first.click()
    estimate_id = estimate_id_of(petra)
    assert product.sandbox_state(WEBER, "estimates")[estimate_id]["status"] == "sent"
    accepts_shown_estimate(petra)
    receipt_is_confirmed(petra)
    assert product.sandbox_state(WEBER, "estimates")[estimate_id]["status"] in ("accepted", "invoiced")
    effective = [
        call for call in product.sandbox_calls(f"/estimates/{estimate_id}/status/accepted") if call["effect"]
    ]
    assert len(effective) == 1

    # The link of the letter works once.
    assert requests.get(link, timeout=10).status_code == 410


def test_a_declined_estimate_is_reworked_and_waits_again(
    product: RunningProduct, open_page: OpenPage
) -> None:
    client = open_page()
    signs_in(client, product, LENA)
    client.goto(f"{product.portal}/estimates?type=waiting")
    client.locator("tbody th a").first.click()
    estimate_id, address = estimate_id_of(client), client.url
    client.locator("details.drop-down summary", has_text="More").last.click()
    client.get_by_role("link", name="Decline").click()
    client.get_by_label(re.compile("Why")).fill("Too dear; half of it would do.")
    client.get_by_role("button", name="Decline this estimate").click()
    receipt_is_confirmed(client)
    assert product.sandbox_state(HARBOUR_LIGHT, "estimates")[estimate_id]["status"] == "declined"
    comments = product.sandbox_calls(f"/estimates/{estimate_id}/comments")
    assert [call["effect"] for call in comments if call["method"] == "POST"] == [True]

    # The merchant reworks it in Zoho Books.
    merchant = open_page()
    merchant.goto(f"{product.places.sandbox()}/app/{HARBOUR_LIGHT}/estimates/{estimate_id}")
    merchant.get_by_role("link", name="Edit").click()
    merchant.get_by_label("Rate 1").fill("1.50")
    merchant.get_by_role("button", name="Save").click()
    merchant.get_by_role("button", name="Mark as sent").click()
    expect(merchant.locator("#status")).to_have_text("sent")

    # After the next sync it waits for the client again, and can be accepted.
    client.goto(address)
    reloads_until(client, "Waiting for you")
    accepts_shown_estimate(client)
    receipt_is_confirmed(client)
    assert product.sandbox_state(HARBOUR_LIGHT, "estimates")[estimate_id]["status"] in (
        "accepted",
        "invoiced",
    )


def test_an_estimate_that_changed_under_the_clients_eyes_is_not_accepted(
    product: RunningProduct, open_page: OpenPage
) -> None:
    client, merchant = open_page(), open_page()
    signs_in(client, product, LENA)
    client.goto(f"{product.portal}/estimates?type=waiting")
    client.locator("tbody th a").last.click()
    estimate_id = estimate_id_of(client)
    client.get_by_role("link", name="Accept", exact=True).click()
    merchant.goto(f"{product.places.sandbox()}/app/{HARBOUR_LIGHT}/estimates/{estimate_id}/edit")
    merchant.get_by_label("Rate 1").fill("999999")
    merchant.get_by_role("button", name="Save").click()
    client.get_by_role("button", name=re.compile("^Accept for")).click()
    expect(client.get_by_role("main")).to_contain_text(re.compile("changed", re.IGNORECASE), timeout=SYNCED)
    client.wait_for_timeout(2000)
    assert product.sandbox_state(HARBOUR_LIGHT, "estimates")[estimate_id]["status"] == "sent"
    assert product.sandbox_calls(f"/estimates/{estimate_id}/status/accepted") == []


def test_invoices_by_type_their_pdf_and_payments(product: RunningProduct, open_page: OpenPage) -> None:
    client = open_page()
    signs_in(client, product, LENA)
    client.get_by_role("link", name="Invoices", exact=True).click()
    client.wait_for_load_state()  # a person is never quicker than the script that listens
    client.get_by_label("Type").select_option(label="Overdue")
    expect(client).to_have_url(re.compile("type=overdue"))
    for badge in client.locator("tbody [class^=badge-]").all_inner_texts():
        assert badge == "Overdue"
    client.locator("tbody th a").first.click()
    with client.expect_download() as download:
        client.get_by_role("link", name="Download PDF").first.click()
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    client.get_by_role("link", name="Payments", exact=True).click()
    client.locator("tbody th a").first.click()
    expect(client.get_by_role("main")).to_contain_text("Payment")


def test_accepting_works_without_javascript(product: RunningProduct, open_page: OpenPage) -> None:
    client = open_page(script=False)
    client.goto(f"{product.portal}/sign-in")
    omar = product.client_sign_in("omar@northgate.example")
    client.get_by_label("E-mail address").fill(omar["email"])
    client.get_by_label("Password").fill(omar["password"])
    client.get_by_role("button", name="Sign in").click()
    client.get_by_role("link", name="Estimates", exact=True).click()
    client.get_by_role("link", name=re.compile("^Accept")).first.click()
    estimate_id = estimate_id_of(client)
    client.get_by_role("button", name=re.compile("^Accept for")).click()
    for _ in range(SYNCED // 1000):
        if "Confirmed by Zoho" in client.get_by_role("main").inner_text():
            break
        client.wait_for_timeout(1000)
        client.reload()
    assert product.sandbox_state(HARBOUR_LIGHT, "estimates")[estimate_id]["status"] in (
        "accepted",
        "invoiced",
    )


def test_the_pictures_of_the_readme(product: RunningProduct, open_page: OpenPage) -> None:
    """Shows the pages of the README; the pictures are kept when FOYER_SCREENSHOTS is set."""
    client = open_page()
    signs_in(client, product, LENA)
    keeps_picture(client, "dashboard")
    for name, size, scheme in (
        ("estimate", (1280, 900), "light"),
        ("estimate-dark", (1280, 900), "dark"),
        ("phone", PHONE, "light"),
    ):
        client = open_page(size=size, scheme=scheme)
        signs_in(client, product, LENA)
        client.goto(f"{product.portal}/estimates?type=waiting")
        client.locator("tbody th a").first.click()
        expect(client.get_by_role("link", name="Accept", exact=True)).to_be_visible()
        keeps_picture(client, name)
