"""A merchant sets the portal up from nothing, and a client accepts the first estimate: in one go, counted in
clicks and seconds.

On an organisation full of documents, and on one that has nothing in Zoho Books yet. The figures stand in
docs/benchmarks.md.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.steps import SYNCED, agrees_in_zoho, receipt_is_confirmed
from tests.servers.running_product import RunningProduct

PASSWORD = "ein langes Wort für Brot"
SPICE_TRAIL = "600987301"
MOST_CLICKS = 25


@dataclass
class Clicks:
    """Counts what people press; typing and waiting count as none. FOYER_FIGURES: a file that the figures are
    written to.
    """

    count: int = 0
    since: float = field(default_factory=time.monotonic)

    def press(self, target: Locator) -> None:
        self.count += 1
        target.click()

    def fill_in(self, where: str) -> None:
        assert self.count < MOST_CLICKS, f"{where}: {self.count} clicks"
        if file := os.environ.get("FOYER_FIGURES"):
            with Path(file).open("a") as figures:
                figures.write(f"{where}: {self.count} clicks, {time.monotonic() - self.since:.0f} s\n")


def sets_up(
    page: Page, product: RunningProduct, clicks: Clicks, *, dc: str, person: str, organisation: str
) -> None:
    """Connect, name and look, what clients may do."""
    page.goto(f"{product.portal}/merchant")
    page.get_by_label("Where does your Zoho account live?").select_option(dc)
    clicks.count += 1
    clicks.press(page.get_by_role("button", name="Connect Zoho Books"))
    agrees_in_zoho(page, person)
    clicks.count += 2
    choice = page.get_by_role("button", name=re.compile(organisation))
    set_up = page.get_by_role("heading", name="Set up your portal")
    expect(choice.or_(set_up)).to_be_visible()  # who has one organisation only is not asked which
    if choice.count():
        clicks.press(choice)
    expect(set_up).to_be_visible()
    clicks.press(page.get_by_role("link", name="Name and look"))
    page.get_by_label("Name of the portal").fill("Our front door")
    clicks.press(page.get_by_role("button", name="Save"))
    clicks.press(page.get_by_role("link", name="Overview"))
    clicks.press(page.get_by_role("button", name=re.compile("Leave as it is.*What clients may do")))


def reads(page: Page) -> None:
    """The first reading ends by itself."""
    for name in ("contacts", "estimates", "invoices"):
        expect(page.locator(f'[data-list="{name}"] [data-word]')).to_have_text("Up to date", timeout=SYNCED)


def invites(page: Page, clicks: Clicks, person: str) -> str:
    """Returns the address in the letter."""
    clicks.press(page.get_by_role("link", name="Clients", exact=True))
    page.get_by_label("Person or customer").fill(person)
    clicks.press(page.get_by_role("button", name="Show"))
    button = page.get_by_role("button", name=re.compile(f"^Invite .*{person}", re.I))
    for _ in range(90):
        if button.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    clicks.press(button.first)
    expect(page.get_by_role("status").first).to_contain_text("Invited")
    page.get_by_role("link", name="Letters").click()
    links = page.locator("article", has_text=re.compile(person, re.I)).locator('a[href*="/invitations/"]')
    for _ in range(90):
        if links.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    return links.first.get_attribute("href") or ""


def accepts(page: Page, link: str, clicks: Clicks) -> None:
    """Out of the letter to the first accepted estimate."""
    page.goto(link)
    clicks.count += 1
    expect(page.locator(".plain-brand")).to_contain_text("Our front door")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    clicks.press(page.get_by_role("button", name="Set password and sign in"))
    estimate = page.locator('main a[href*="/estimates/"]').first
    for _ in range(90):
        if estimate.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    clicks.press(estimate)
    clicks.press(page.get_by_role("link", name="Accept", exact=True))
    clicks.press(page.get_by_role("button", name=re.compile("^Accept for")))
    receipt_is_confirmed(page)


def test_on_an_organisation_full_of_documents(product: RunningProduct, open_page: OpenPage) -> None:
    clicks, merchant = Clicks(), open_page()
    sets_up(merchant, product, clicks, dc="eu", person="Jonas Weber", organisation="Weber & Sohn Werkzeuge")
    reads(merchant)
    link = invites(merchant, clicks, "jan")
    accepts(open_page(), link, clicks)
    clicks.press(merchant.get_by_role("link", name="Overview"))
    expect(merchant.get_by_role("heading", name="Your portal is ready")).to_be_visible()
    clicks.fill_in("an organisation full of documents")


def gets_a_first_customer(product: RunningProduct) -> str:
    """The merchant writes their first customer into Zoho Books. Returns the customer's id."""
    body = {"organization_id": SPICE_TRAIL, "customers": 1, "invoices": 1}
    requests.post(f"{product.places.sandbox()}/_sandbox/generate", json=body, timeout=60).raise_for_status()
    return next(iter(product.sandbox_state(SPICE_TRAIL, "contacts")))


def offers_something(page: Page, product: RunningProduct, customer_id: str) -> None:
    """In Zoho Books: a first estimate, sent. The merchant's work there is not counted: it is the same without
    a portal.
    """
    page.goto(f"{product.places.sandbox('in')}/app/{SPICE_TRAIL}/estimates/new")
    page.get_by_label("Customer").select_option(customer_id)
    page.get_by_label("Item 1").fill("Cardamom, green")
    page.get_by_label("Rate 1").fill("1200")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name=re.compile("sent", re.I)).click()


def test_on_an_organisation_that_has_nothing_yet(product: RunningProduct, open_page: OpenPage) -> None:
    clicks, merchant = Clicks(), open_page()
    sets_up(merchant, product, clicks, dc="in", person="Meera Nair", organisation="Spice Trail Exports")
    reads(merchant)
    customer_id = gets_a_first_customer(product)
    offers_something(open_page(), product, customer_id)
    clicks.press(merchant.get_by_role("button", name="Sync now"))
    person = next(iter(product.sandbox_state(SPICE_TRAIL, "contacts").values()))["contact_persons"][0][
        "first_name"
    ]
    link = invites(merchant, clicks, person)
    accepts(open_page(), link, clicks)
    clicks.fill_in("an organisation that has nothing yet")
