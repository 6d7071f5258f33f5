"""Pay Now against the sandbox: one open payment for an invoice, whoever presses, and no word ahead of
Zoho.
"""

from __future__ import annotations

import re
import threading
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from cache.records.accounts.client_roles import ALL_ROLES, Role
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.documents.invoice import Invoice
from tests.gateway.browser import Browser
from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.paying.test_credit_views import all_stored_texts
from tests.gateway.real_zoho import STUDIO, RealZoho
from tests.gateway.seeding import Seeding
from tests.servers.sandbox_server import SandboxServer
from workers.push.deliver_order import deliver_order
from workers.push.payment_polling import GRACE
from workers.services import Services, build_services

CARD = {
    "action": "pay",
    "method": "card",
    "number": "4242 4242 4242 4242",
    "expiry": "11/41",
    "holder": "Nora West",
}
BANK = {"action": "pay", "method": "bank", "account_number": "000123456789"}


@pytest.fixture
def worker_services(settings: Settings, stores: Stores) -> Services:
    return build_services(settings)


class Payer:
    """An unpaid invoice of a customer with two people; Lena is one of them, Pia the other."""

    def __init__(
        self, app: Flask, services: Services, sandbox: SandboxServer, worker_services: Services
    ) -> None:
        ada = MerchantBrowser(app)
        ada.connect(ticks_billing=True)
        self.world = RealZoho(app, services, sandbox, ada.choose(STUDIO))
        self.services, self.sandbox, self.worker_services, self.org = (
            services,
            sandbox,
            worker_services,
            self.world.org,
        )
        owed = [
            invoice
            for invoice in self.world.truth["invoices"].values()
            if invoice["status"] in ("sent", "overdue") and invoice["balance"] > 10
        ]
        two = {key for key, item in self.world.truth["contacts"].items() if len(item["contact_persons"]) > 1}
        row = next(
            record for record in owed if record["customer_id"] in two and record["currency_code"] == "USD"
        )
        self.invoice: Invoice = self.world.books.invoices.get(row["invoice_id"]).value
        self.lena = self.world.client_of(self.invoice.customer_id)
        Seeding(services).has(self.invoice, org=self.org)
        self.page, self.detail = f"/invoices/{self.invoice.id}/pay", f"/invoices/{self.invoice.id}"

    def switches(self, **changes: Any) -> None:
        Seeding(self.services).settings(self.org, **changes)

    def press(self, who: Browser, *, status: int = 200) -> str:
        """Pay Now and on: Zoho's address as the page shows it, "" for none."""
        who.get(self.page)
        who.send(self.page, status=status)
        return self.address(who)

    def address(self, who: Browser) -> str:
        link = who.page.find("a", string="Go on to Zoho")
        return str(link["href"]) if link else ""

    def at_zoho(self, address: str, form: dict[str, str]) -> Any:
        return self.sandbox.http.post(address, data=form, allow_redirects=False, timeout=20)

    @property
    def order(self) -> Order:
        (order,) = [
            order
            for order in self.services.orders.of_org(self.org, 10)
            if order.kind is OrderKind.PAY_INVOICE
        ]
        return order

    def asked(self) -> Order:
        """What a worker finds now."""
        order = self.order
        self.services.stores.records.hset(f"o:{{{self.org}}}:order:{order.id}", "next_at", "0")
        deliver_order(self.org, order.id, self.worker_services)
        found = self.services.orders.get(self.org, order.id)
        assert found is not None
        return found


@pytest.fixture
def payer(app: Flask, services: Services, sandbox: SandboxServer, worker_services: Services) -> Payer:
    return Payer(app, services, sandbox, worker_services)


def test_from_the_button_to_paid_everywhere(payer: Payer) -> None:
    lena = payer.lena
    for page in ("/", "/invoices", payer.detail):
        lena.get(page)
        assert lena.page.find("a", href=payer.page), page
    address = payer.press(lena)
    order = payer.order
    assert (order.state, order.seen_total, order.attempts) == (
        OrderState.AT_CHECKOUT,
        payer.invoice.balance,
        0,
    )
    assert all(address not in text for text in all_stored_texts(payer.services))
    back = payer.at_zoho(address, CARD).headers["Location"]
    lena.get(re.sub(r"^https?://[^/]+", "", back), status=303)
    lena.follow()
    assert "Being paid on Zoho’s page" in lena.text and "Paid" not in lena.text.replace("not paid", "")
    assert payer.asked().state is OrderState.CONFIRMED
    lena.get(f"/requests/{order.id}")
    assert "Paid: Zoho shows the payment" in lena.text
    for page in ("/", "/invoices", payer.detail):
        lena.get(page)
        assert not lena.page.find("a", href=payer.page), page
    lena.get("/invoices?type=paid")
    assert payer.invoice.number in lena.text
    assert payer.services.orders.open_payments(payer.org, [payer.invoice.id]) == []


def test_the_second_person_lands_on_the_first_ones_payment(payer: Payer) -> None:
    address = payer.press(payer.lena)
    pia = payer.world.colleague_of(payer.invoice.customer_id)
    pia.get(payer.page)
    assert "Lena Hartmann has been paying this invoice since" in pia.text and not pia.page.find(
        "form", action=payer.page
    )
    pia.send(f"{payer.page}/continue", status=200)
    assert payer.address(pia) == address
    pia.get(payer.detail)
    assert not pia.page.find("a", href=f"{payer.detail}/paid-already")
    pia.get(f"{payer.detail}/paid-already", status=303)
    assert pia.answer.headers["Location"] == payer.page
    pia.get(payer.page)
    pia.send(f"{payer.page}/cancel")
    pia.follow()
    # Cancelled here, Zoho's page still lives: whoever pays next is led to that one, not to a second.
    pia.send(payer.page, status=200)
    assert payer.address(pia) == address
    words = [step.message for step in payer.order.steps]
    assert any("Pia Lund cancelled it here" in word for word in words) and any(
        "Pia Lund went on" in word for word in words
    )


def test_however_many_press_at_the_same_moment_one_way_is_shown(payer: Payer, app: Flask) -> None:
    browsers = [payer.lena, *(Browser(app) for _ in range(7))]
    for browser in browsers[1:]:
        browser.set_cookie("foyer", payer.lena.cookie())
    for browser in browsers:
        browser.get(payer.page)
    gate, shown = threading.Barrier(len(browsers)), []

    def press(browser: Browser) -> None:
        form = browser.form(payer.page)
        fields = {
            str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")
        }
        gate.wait()
        answer = browser._client.post(payer.page, data=fields)
        shown.append(re.findall(r'href="([^"]+hostedpage[^"]+)"', answer.get_data(as_text=True)))

    threads = [threading.Thread(target=press, args=(item,)) for item in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(item) for item in shown) == [0] * 7 + [1]
    assert payer.order.state is OrderState.AT_CHECKOUT


def test_what_changed_is_told_before_a_page_opens(payer: Payer) -> None:
    payer.lena.get(payer.page)
    day = payer.world.truth["invoices"][payer.invoice.id]["date"]
    organisation = f"{payer.sandbox.origin('us')}/app/{payer.world.organization_id}"
    address = f"{organisation}/invoices/{payer.invoice.id}/payments/new"
    payer.sandbox.http.post(
        address, data={"amount": "1.00", "date": day, "payment_mode": "cash"}, timeout=20
    ).raise_for_status()
    payer.lena.send(payer.page, status=409)
    assert "changed after you saw it" in payer.lena.text and payer.address(payer.lena) == ""
    assert payer.services.orders.of_org(payer.org, 10) == []
    payer.lena.send(payer.page, status=200)
    assert payer.order.seen_total == payer.invoice.balance - Decimal(1)


def test_a_page_that_has_run_out_frees_the_invoice(payer: Payer) -> None:
    first = payer.press(payer.lena)
    page_id = first.rpartition("2-")[2]
    body = {
        "organization_id": payer.world.organization_id,
        "hostedpage_id": page_id,
        "seconds_ago": GRACE.total_seconds() + 1,
    }
    payer.sandbox.http.post(
        f"{payer.sandbox.origin('us')}/_sandbox/hosted_pages", json=body, timeout=20
    ).raise_for_status()
    payer.lena.get(payer.page)
    payer.lena.send(f"{payer.page}/continue")
    assert payer.asked().state is OrderState.WITHDRAWN
    second = payer.press(payer.lena)
    assert second and second != first


def test_a_forged_return_proves_nothing(payer: Payer) -> None:
    payer.press(payer.lena)
    payer.lena.get(f"/requests/{payer.order.id}/back?status=success&hostedpage_id=1&payment=done", status=303)
    assert payer.asked().state is OrderState.AT_CHECKOUT
    payer.lena.get(f"/requests/{payer.order.id}")
    assert "Being paid on Zoho’s page" in payer.lena.text
    payer.lena.get(payer.detail)
    assert "Paid" not in payer.lena.text


def test_a_slow_debit_has_its_own_word_and_pay_is_held_back(payer: Payer) -> None:
    payer.at_zoho(payer.press(payer.lena), BANK)
    assert payer.asked().state is OrderState.AT_CHECKOUT
    payer.lena.get(f"/requests/{payer.order.id}")
    assert "A bank payment is on its way" in payer.lena.text
    payer.lena.get(payer.detail)
    assert not payer.lena.page.find("form", action=payer.page) and "on its way" in payer.lena.text


def test_the_invoices_own_page_is_the_second_way(payer: Payer) -> None:
    payer.switches(pay_route="invoice_page")
    address = payer.press(payer.lena)
    assert "CInvoiceID" in address and all(
        address not in text for text in all_stored_texts(payer.services) if "pay_invoice" in text
    )
    payer.at_zoho(address, CARD)
    assert payer.asked().state is OrderState.CONFIRMED


def test_the_bank_details_are_the_third(payer: Payer) -> None:
    payer.switches(pay_route="bank", bank_details="Harbour Bank\nIBAN DE02 1234")
    payer.lena.get(payer.page)
    assert "IBAN DE02 1234" in payer.lena.text and payer.invoice.number in payer.lena.text
    assert not payer.lena.page.find("form", action=payer.page) and payer.lena.page.find(
        "a", href=f"{payer.detail}/paid-already"
    )
    payer.switches(bank_details="")
    payer.lena.get(payer.detail)
    assert not payer.lena.page.find("a", href=payer.page)


@pytest.mark.parametrize("closed_by", ["switch", "role"])
def test_behind_its_walls_there_is_nothing_to_pay_with(payer: Payer, closed_by: str) -> None:
    payer.lena.get(payer.page)
    token = str(payer.lena.page.find("input", attrs={"name": "csrf_token"})["value"])
    if closed_by == "switch":
        payer.switches(may_pay=False)
    else:
        account = payer.services.accounts.of_org(payer.org)[0]
        payer.services.accounts.save(account.__class__(**{**vars(account), "roles": ALL_ROLES - {Role.PAY}}))
    payer.lena.get(payer.detail)
    assert not payer.lena.page.find("a", href=payer.page)
    payer.lena.get(payer.page, status=404)
    for path in (payer.page, f"{payer.page}/continue", f"{payer.page}/cancel"):
        payer.lena.post(path, {"csrf_token": token, "seen": "x", "form_key": "k" * 20}, status=404)
