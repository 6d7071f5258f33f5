"""Every kind of order on the stage: how a client asks for it, which call brings it, and whether Zoho shows
it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cache.records.orders import credit_use, details_edit, method_replacement, reported_payment
from cache.records.orders.credit_use import CreditUse
from cache.records.orders.details_edit import Edited, edits_of
from cache.records.orders.method_replacement import MethodReplacement
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.primary_change import PrimaryChange
from connectors.zoho.documents.editable_fields import company_fields, person_fields
from connectors.zoho.documents.estimate import Estimate
from tests.crash.payment_scenarios import a_payment, new_payments
from tests.crash.zoho_world import ZohoWorld
from tests.servers.worker_process import an_answer

CENT = Decimal("0.01")
DONE_IN = {OrderKind.ACCEPT_ESTIMATE: {"accepted", "invoiced"}, OrderKind.DECLINE_ESTIMATE: {"declined"}}


@dataclass(frozen=True)
class OrderScenario:
    """make: a fresh wish. call: what the one call looks like, as "METHOD path"; "" where effects are counted
    by what is found.
    shows: how often Zoho shows it in the end.
    """

    make: Callable[[ZohoWorld, random.Random], Order]
    call: str
    shows: Callable[[ZohoWorld, Order], int]

    def effects(self, world: ZohoWorld, order: Order, since: int) -> int:
        """How often it took effect in Zoho since that call."""
        if not self.call:
            return self.shows(world, order)
        wanted = re.compile(self.call.format(id=order.document_id, customer=order.customer_id))
        return sum(
            call["effect"]
            for call in world.sandbox.calls(since)
            if wanted.fullmatch(f"{call['method']} {call['path']}")
        )


def _about(world: ZohoWorld, kind: OrderKind, document_id: str, customer_id: str, **changes: Any) -> Order:
    about = Estimate(
        id=document_id, number="", status="", customer_id=customer_id, total=Decimal(0), currency="USD"
    )
    return dataclasses.replace(an_answer(world.org, about, kind), **changes)


def _answer(world: ZohoWorld, rng: random.Random, kind: OrderKind) -> Order:
    chosen = world.choose(rng, "offers", lambda: _ids(world, "estimates", "estimate_id", "sent"))
    world.tamper("estimates", chosen, status="sent", expiry_date="")
    offer = world.books.estimates.get(chosen).value
    return an_answer(world.org, offer, kind, reason="Too late." if kind is OrderKind.DECLINE_ESTIMATE else "")


def _answer_shows(world: ZohoWorld, order: Order) -> bool:
    return world.truth("estimates", order.document_id)["status"] in DONE_IN[order.kind]


def _comment(world: ZohoWorld, rng: random.Random, kind: OrderKind) -> Order:
    if kind is OrderKind.COMMENT_ESTIMATE:
        chosen = world.choose(rng, "offers", lambda: _ids(world, "estimates", "estimate_id", "sent"))
        customer_id = world.books.estimates.get(chosen).value.customer_id
    else:
        chosen = world.choose(rng, "paid invoices", lambda: _ids(world, "invoices", "invoice_id", "paid"))
        customer_id = world.books.invoices.get(chosen).value.customer_id
    return _about(world, kind, chosen, customer_id, reason="Is it blue?")


def _ids(world: ZohoWorld, kind: str, id_name: str, status: str) -> list[str]:
    return sorted(record[id_name] for record in world.all_of(kind).values() if record["status"] == status)[
        :40
    ]


def _comment_shows(world: ZohoWorld, order: Order) -> bool:
    return comments_with(world, order) > 0


def comments_with(world: ZohoWorld, order: Order) -> int:
    """Comments that carry the request's number."""
    dealings: Any = (
        world.books.invoice_actions if order.kind is OrderKind.COMMENT_INVOICE else world.books.estimates
    )
    return sum(order.id in comment.text for comment in dealings.comments(order.document_id).value)


def _company(world: ZohoWorld, rng: random.Random, kind: OrderKind) -> Any:
    def with_several_people() -> list[str]:
        return sorted(
            record["contact_id"]
            for record in world.all_of("contacts").values()
            if len(record["contact_persons"]) > 1
        )

    return world.books.contacts.get(world.choose(rng, f"companies for {kind}", with_several_people)).value


def _edit_person(world: ZohoWorld, rng: random.Random) -> Order:
    person = _company(world, rng, OrderKind.EDIT_PERSON).persons[0]
    edit = Edited("phone", person_fields(person)["phone"], f"+1 207 {rng.randrange(10**9)}")
    return _about(
        world, OrderKind.EDIT_PERSON, person.id, person.contact_id, payload=details_edit.DetailsEdit((edit,))
    )


def _edit_person_shows(world: ZohoWorld, order: Order) -> bool:
    persons = world.truth("contacts", order.customer_id)["contact_persons"]
    phone = next(person["phone"] for person in persons if person["contact_person_id"] == order.document_id)
    return bool(phone == edits_of(order.payload)[0].wanted)


def _edit_company(world: ZohoWorld, rng: random.Random) -> Order:
    company = _company(world, rng, OrderKind.EDIT_COMPANY)
    name = rng.choice(["company_name", "billing_street", "shipping_city"])
    edit = Edited(name, company_fields(company)[name], f"Wharf {rng.randrange(10**9)}")
    return _about(
        world, OrderKind.EDIT_COMPANY, company.id, company.id, payload=details_edit.DetailsEdit((edit,))
    )


def _edit_company_shows(world: ZohoWorld, order: Order) -> bool:
    name, _, wanted = edits_of(order.payload)[0]
    return company_fields(world.books.contacts.get(order.customer_id).value)[name] == wanted


def _mark_primary(world: ZohoWorld, rng: random.Random) -> Order:
    company = _company(world, rng, OrderKind.MARK_PRIMARY)
    first = next(person.id for person in company.persons if person.is_primary)
    other = rng.choice([person.id for person in company.persons if person.id != first])
    return _about(world, OrderKind.MARK_PRIMARY, other, company.id, payload=PrimaryChange(first))


def _mark_primary_shows(world: ZohoWorld, order: Order) -> bool:
    return bool(world.truth("contacts", order.customer_id)["primary_contact_id"] == order.document_id)


def _owed(world: ZohoWorld, rng: random.Random, customers: set[str]) -> dict[str, Any]:
    """An unpaid invoice of one of these customers, or of anybody."""

    def owed() -> list[dict[str, Any]]:
        found = [
            record
            for record in world.all_of("invoices").values()
            if record["status"] in ("sent", "overdue") and record["balance"] > 10
        ]
        return sorted(found, key=lambda one: str(one["invoice_id"]))

    return dict(
        world.choose(rng, "owed", owed, where=lambda one: not customers or one["customer_id"] in customers)
    )


def _apply_credit(world: ZohoWorld, rng: random.Random) -> Order:
    def open_notes() -> list[dict[str, Any]]:
        return [
            record
            for record in world.all_of("credit_notes").values()
            if record["status"] == "open" and record["balance"] > 100
        ]

    notes = {
        candidate["customer_id"]: candidate for candidate in world.candidates("credit notes", open_notes)
    }
    invoice = _owed(world, rng, set(notes))
    note = notes[invoice["customer_id"]]
    before = world.books.invoices.used_credit(
        invoice["invoice_id"], source="credit_note", credit_id=note["creditnote_id"]
    ).value
    use = credit_use.CreditUse("credit_note", note["creditnote_id"], note["creditnote_number"], before)
    return _about(
        world,
        OrderKind.APPLY_CREDIT,
        invoice["invoice_id"],
        invoice["customer_id"],
        seen_total=_smallest(invoice),
        currency=invoice["currency_code"],
        payload=use,
    )


def _smallest(invoice: dict[str, Any]) -> Decimal:
    return Decimal(1) if invoice["price_precision"] == 0 else CENT


def _apply_credit_shows(world: ZohoWorld, order: Order) -> bool:
    use = order.payload_as(CreditUse)
    used = world.books.invoices.used_credit(order.document_id, source=use.source, credit_id=use.id).value
    return used == use.used_before + order.seen_total


def _record_payment(world: ZohoWorld, rng: random.Random) -> Order:
    invoice = _owed(world, rng, set())
    told = reported_payment.ReportedPayment(world.today(), "banktransfer", "SEPA 77")
    return _about(
        world,
        OrderKind.RECORD_PAYMENT,
        invoice["invoice_id"],
        invoice["customer_id"],
        seen_total=_smallest(invoice),
        currency=invoice["currency_code"],
        payload=told,
    )


def _record_payment_shows(world: ZohoWorld, order: Order) -> int:
    return len(world.books.customer_payments.with_reference(order.customer_id, order.id).value)


def _replace_card(world: ZohoWorld, rng: random.Random) -> Order:
    def by_card() -> list[str]:
        rows = [
            row
            for row in world.billing.subscriptions.list_page().rows
            if row.is_automatic and row.status == "live"
        ]
        return sorted(
            row.id for row in rows if world.billing.subscriptions.get(row.id).value.card is not None
        )

    subscription = world.billing.subscriptions.get(world.choose(rng, "by card", by_card)).value
    page = world.billing.hosted_pages.update_card(
        subscription.id, redirect_url="http://127.0.0.1:1/requests"
    ).value
    world.pages[subscription.id] = page.url
    payload = method_replacement.MethodReplacement(page.id, subscription.card.label)
    return _about(
        world,
        OrderKind.REPLACE_CARD,
        subscription.id,
        subscription.customer_id,
        payload=payload,
        state=OrderState.AT_CHECKOUT,
    )


def _replace_card_shows(world: ZohoWorld, order: Order) -> bool:
    card = world.billing.subscriptions.get(order.document_id).value.card
    return card is not None and card.label != order.payload_as(MethodReplacement).before


def _replace_bank_account(world: ZohoWorld, rng: random.Random) -> Order:
    def stored() -> list[tuple[str, str]]:
        contacts = world.all_of("contacts").items()
        return sorted(
            (id, account["account_id"])
            for id, contact in contacts
            for account in contact.get("bank_accounts") or []
        )

    customer_id, account_id = world.choose(rng, "bank accounts", stored)
    before = world.billing.customers.bank_account(customer_id, account_id).value
    page = world.billing.hosted_pages.update_bank_account(account_id).value
    world.pages[account_id] = page.url
    payload = method_replacement.MethodReplacement(page.id, before.label)
    return _about(
        world,
        OrderKind.REPLACE_BANK_ACCOUNT,
        account_id,
        customer_id,
        payload=payload,
        state=OrderState.AT_CHECKOUT,
    )


def _replace_bank_account_shows(world: ZohoWorld, order: Order) -> bool:
    account = world.billing.customers.bank_account(order.customer_id, order.document_id).value
    return account.label != order.payload_as(MethodReplacement).before


def _pay_invoice(world: ZohoWorld, rng: random.Random) -> Order:
    row = _owed(world, rng, set())
    payload, balance = a_payment(world, row, on_own_page=rng.random() < 0.3)
    return _about(
        world,
        OrderKind.PAY_INVOICE,
        row["invoice_id"],
        row["customer_id"],
        seen_total=balance,
        currency=row["currency_code"],
        document_number=row["invoice_number"],
        payload=payload,
        state=OrderState.AT_CHECKOUT,
        not_after=dt.datetime.now(dt.UTC) + dt.timedelta(days=30),
    )


CONTACT = "/books/v3/contacts"
SCENARIOS: dict[OrderKind, OrderScenario] = {
    OrderKind.ACCEPT_ESTIMATE: OrderScenario(
        lambda world, rng: _answer(world, rng, OrderKind.ACCEPT_ESTIMATE),
        "POST /books/v3/estimates/{id}/status/accepted",
        _answer_shows,
    ),
    OrderKind.DECLINE_ESTIMATE: OrderScenario(
        lambda world, rng: _answer(world, rng, OrderKind.DECLINE_ESTIMATE),
        "POST /books/v3/estimates/{id}/status/declined",
        _answer_shows,
    ),
    OrderKind.COMMENT_ESTIMATE: OrderScenario(
        lambda world, rng: _comment(world, rng, OrderKind.COMMENT_ESTIMATE),
        "POST /books/v3/estimates/{id}/comments",
        _comment_shows,
    ),
    OrderKind.COMMENT_INVOICE: OrderScenario(
        lambda world, rng: _comment(world, rng, OrderKind.COMMENT_INVOICE),
        "POST /books/v3/invoices/{id}/comments",
        _comment_shows,
    ),
    OrderKind.EDIT_PERSON: OrderScenario(
        _edit_person, f"PUT {CONTACT}/contactpersons/{{id}}", _edit_person_shows
    ),
    OrderKind.EDIT_COMPANY: OrderScenario(_edit_company, f"PUT {CONTACT}/{{customer}}", _edit_company_shows),
    OrderKind.MARK_PRIMARY: OrderScenario(
        _mark_primary, f"POST {CONTACT}/contactpersons/{{id}}/primary", _mark_primary_shows
    ),
    OrderKind.APPLY_CREDIT: OrderScenario(
        _apply_credit, "POST /books/v3/invoices/{id}/credits", _apply_credit_shows
    ),
    OrderKind.RECORD_PAYMENT: OrderScenario(_record_payment, "", _record_payment_shows),
    OrderKind.REPLACE_CARD: OrderScenario(_replace_card, "", _replace_card_shows),
    OrderKind.REPLACE_BANK_ACCOUNT: OrderScenario(_replace_bank_account, "", _replace_bank_account_shows),
    OrderKind.PAY_INVOICE: OrderScenario(
        _pay_invoice, "", lambda world, order: len(new_payments(world, order))
    ),
}
