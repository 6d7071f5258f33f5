"""Nobody reads what belongs to another customer: a walk over every address a client may open, with foreign
ids.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask

from gateway.web.access import Access, access_of
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import (
    OTHER_CUSTOMER,
    a_credit_note,
    a_payment,
    a_recurring_invoice,
    an_estimate,
    an_invoice,
)
from tests.gateway.seeding import Seeding

FOREIGN = {
    "estimate_id": "46000000003777",
    "invoice_id": "46000000004777",
    "payment_id": "46000000005777",
    "subscription_id": "46000000006777",
    "bank_account_id": "46000000009777",
    "person_id": "46000000002777",
    "creditnote_id": "46000000007777",
    "batch_id": "P-2222-2222",
}

STATUS_OF = {"/invoices/download": 422, "/cards": 404}
"""Where nothing is chosen there is nothing to hand out, and without Zoho Billing there are no cards; all
others are shown.
"""
"""Pages that answer 422 until something was chosen."""


@pytest.fixture
def foreign_order(otto: Browser, seed: Seeding) -> str:
    """Everything the other customer has, and the receipt of an answer they gave."""
    seed.has(an_estimate(FOREIGN["estimate_id"], customer_id=OTHER_CUSTOMER, number="SECRET-E"))
    seed.has(an_invoice(FOREIGN["invoice_id"], customer_id=OTHER_CUSTOMER, number="SECRET-I"))
    seed.has(a_payment(FOREIGN["payment_id"], customer_id=OTHER_CUSTOMER, number="SECRET-P"))
    seed.has(a_recurring_invoice(FOREIGN["subscription_id"], customer_id=OTHER_CUSTOMER, name="SECRET-S"))
    seed.has(a_credit_note(FOREIGN["creditnote_id"], customer_id=OTHER_CUSTOMER, number="SECRET-C"))
    page = f"/estimates/{FOREIGN['estimate_id']}"
    otto.get(page)
    otto.send(f"{page}/accept")
    return otto.answer.headers["Location"].rsplit("/", 1)[1]


def client_rules(app: Flask) -> list[tuple[str, str]]:
    """(method, address with <placeholders>) of every route that clients may open."""
    return [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if access_of(app.view_functions[rule.endpoint]) is Access.CLIENT
        for method in sorted(rule.methods or ())
        if method in ("GET", "POST")
    ]


def test_foreign_ids_are_as_absent_as_unknown_ones_on_every_route(
    app: Flask, nora: Browser, foreign_order: str
) -> None:
    ids = {**FOREIGN, "order_id": foreign_order}
    walked = 0
    for method, rule in client_rules(app):
        names = re.findall(r"<(?:\w+:)?(\w+)>", rule)
        if not names:
            continue
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids[found.group(1)], rule)
        nora.get("/")
        if method == "POST":
            token = str(nora.page.find("input", attrs={"name": "csrf_token"})["value"])
            nora.post(address, {"csrf_token": token}, status=404)
        else:
            nora.get(address, status=404)
        assert "SECRET" not in nora.answer.get_data(as_text=True)
        walked += 1
    assert walked >= 30


def test_lists_and_the_home_page_show_nothing_of_other_customers(
    app: Flask, nora: Browser, foreign_order: str
) -> None:
    for method, rule in client_rules(app):
        if method == "GET" and "<" not in rule:
            nora.get(rule, status=STATUS_OF.get(rule, 200))
            text = nora.answer.get_data(as_text=True)
            assert "SECRET" not in text and foreign_order not in text and OTHER_CUSTOMER not in text, rule


def test_without_a_session_every_client_page_leads_to_the_sign_in_page(
    app: Flask, visitor: Browser, foreign_order: str
) -> None:
    ids = {**FOREIGN, "order_id": foreign_order}
    for method, rule in client_rules(app):
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids[found.group(1)], rule)
        if method == "GET":
            visitor.get(address, status=303)
            assert visitor.answer.headers["Location"].startswith("/sign-in")
        else:
            visitor.post(address, {}, status=400)


def test_a_document_that_names_another_customer_is_not_shown_even_if_a_row_says_it_is_ours(
    nora: Browser, seed: Seeding
) -> None:
    mine = an_estimate()
    seed.has(mine, only_rows=True)
    foreign = an_estimate(mine.id, customer_id=OTHER_CUSTOMER, number="SECRET-E")
    seed.services.documents.put(
        "us-600123", "estimates", mine.id, mine.version, foreign.to_stored(), foreign.modified_at
    )
    nora.get(f"/estimates/{mine.id}", status=202)
    assert "SECRET" not in nora.answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    ["/estimates/abc", "/invoices/1e5", "/payments/-1", "/requests/../x", "/estimates/%00", "/requests/R-1"],
)
def test_what_is_no_id_is_no_page(nora: Browser, address: str) -> None:
    nora.get(address, status=404)
