"""How long a client waits in a real browser from the press of Accept to "Confirmed by Zoho", where each call
to Zoho takes 200 ms.
"""

from __future__ import annotations

import os
import re
import time
from typing import cast

from playwright.sync_api import Page, expect, sync_playwright

from cache.clock import store_now
from gateway.app import create_app
from gateway.web.services import EXTENSION
from tests.bench.bench_world import World
from tests.bench.quiet_day import at_share
from tests.bench.web_server import web_server
from tests.gateway.seeding import PASSWORD, Seeding
from tests.servers.worker_process import WorkerProcesses, connect_merchant
from workers.services import Services

CALL_TAKES = 0.2
"""Seconds of one call to Zoho's API."""

EMAIL = "lena@brightwater.example"
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
IS_CONFIRMED = "() => document.querySelector('[data-state]')?.textContent === 'Confirmed by Zoho'"
LISTS = ("contacts", "estimates", "invoices", "payments", "credit_notes", "recurring_invoices")


class Offer:
    """One estimate that waits for an answer again and again, and its client."""

    def __init__(self, world: World) -> None:
        world.sandbox.reset()
        world.stores.records.flushdb()
        world.stores.copies.flushdb()
        self.world, self.org = world, connect_merchant(world.settings, world.stores)
        self.services = cast(Services, create_app(world.settings).extensions[EXTENSION])
        books = self.services.zoho.books(self.org)
        self.id = next(row.id for row in books.estimates.list_page().rows if row.status == "sent")
        self.contact = books.contacts.get(books.estimates.get(self.id).value.customer_id).value
        Seeding(self.services).client(
            self.contact.id, self.contact.persons[0].id, email=EMAIL, name="Lena Hartmann", org=self.org
        )
        self.waits_again()

    def waits_again(self) -> None:
        """In Zoho, and in the copies, which know nothing and are read anew."""
        fields = {"status": "sent", "expiry_date": ""}
        body = {
            "organization_id": self.org.partition("-")[2],
            "kind": "estimates",
            "id": self.id,
            "fields": fields,
            "silently": True,
        }
        self.world.sandbox.http.post(
            f"{self.world.sandbox.origin('us')}/_sandbox/documents", json=body, timeout=30
        ).raise_for_status()
        self.world.stores.copies.flushdb()
        Seeding(self.services).has(self.contact, org=self.org)
        for name in LISTS:
            self.services.sync_states.update(
                self.org, name, last_success=store_now(self.world.stores.records)
            )

    def calls(self, since: int) -> list[str]:
        return [
            f"{call['method']} {call['path']}"
            for call in self.world.sandbox.calls(since)
            if "/estimates" in call["path"]
        ]


def press_to_confirmed(world: World, *, presses: int) -> tuple[list[float], list[int]]:
    """Seconds of each press, and calls about the estimate from the press to the confirmation."""
    offer, worker_processes = Offer(world), WorkerProcesses(world.settings, world.folder / "press workers")
    world.sandbox.fault("delay", path="/books/v3/*", times=1_000_000, seconds=CALL_TAKES)
    try:
        with web_server(world, "gateway.wsgi:app") as address, sync_playwright() as playwright:
            worker_processes.worker("push")
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("FOYER_CHROMIUM", "/usr/bin/chromium"), args=QUIET
            )
            page = browser.new_page()
            _sign_in(page, f"http://{address}")
            found = [_press(page, f"http://{address}", offer) for _ in range(presses + 1)][1:]
            browser.close()
        return [seconds for seconds, _ in found], [calls for _, calls in found]
    finally:
        world.sandbox.clear_faults()
        worker_processes.end()


def table(seconds: list[float], calls: list[int]) -> str:
    return "\n".join(
        [
            "| presses | median s | 95 % s | longest s | calls to Zoho for each |",
            "|---|---|---|---|---|",
            (
                f"| {len(seconds)} | {at_share(seconds, 0.5):.2f} | {at_share(seconds, 0.95):.2f} | "
                f"{max(seconds):.2f} | {max(calls)} |"
            ),
        ]
    )


def _sign_in(page: Page, portal: str) -> None:
    page.goto(f"{portal}/sign-in")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{portal}/")


def _press(page: Page, portal: str, offer: Offer) -> tuple[float, int]:
    offer.waits_again()
    page.goto(f"{portal}/estimates/{offer.id}")
    page.get_by_role("link", name="Accept", exact=True).click()
    button = page.get_by_role("button", name=re.compile("^Accept for"))
    expect(button).to_be_visible()
    since, start = len(offer.world.sandbox.calls()), time.perf_counter()
    button.click()
    # At every picture the browser draws: an expectation looks only now and then.
    page.wait_for_function(IS_CONFIRMED, polling="raf", timeout=60_000)
    return time.perf_counter() - start, len(offer.calls(since))
