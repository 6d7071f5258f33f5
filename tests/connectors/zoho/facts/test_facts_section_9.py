"""Section 9, quirks: what the connectors do not rely on, and what they never send."""

from __future__ import annotations

import pytest

from connectors.zoho.api.errors import ZohoRefused
from connectors.zoho.books.client import BooksClient
from connectors.zoho.clients import ZohoClients
from tests.connectors.zoho.facts.conftest import Sandbox, body_of
from tests.contract.exchange import recorded


def test_facts_9_5_an_edit_of_a_company_never_sends_its_people_and_removes_nobody(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    several = next(
        record for record in zoho_truth.records("contacts").values() if len(record["contact_persons"]) > 1
    )
    contact = books.contacts.get(several["contact_id"]).value
    with recorded() as seen:
        books.contact_edits.edit_company(
            contact.id,
            contact_name=contact.name,
            company_name="Bowman Boats",
            billing_address=contact.billing_address,
            shipping_address=contact.shipping_address,
        )
    assert not {"contact_persons", "email"} & set(body_of(seen[-1].request))
    after = books.contacts.get(contact.id).value
    assert {person.id for person in after.persons} == {person.id for person in contact.persons}


def test_facts_9_7_messages_come_in_the_merchants_language_and_change_nothing_but_words(
    zoho: ZohoClients, connect: object
) -> None:
    org = connect("Jonas Weber")  # type: ignore[operator]
    books = zoho.books(org)
    sent = next(
        row for page in (1, 2, 3) for row in books.estimates.list_page(page).rows if row.status == "sent"
    )
    books.estimates.mark_accepted(sent.id)
    with pytest.raises(ZohoRefused) as caught:
        books.estimates.mark_accepted(sent.id)
    assert caught.value.reason.isascii() is False or "Angebot" in caught.value.reason


def test_facts_9_18_no_call_of_the_connectors_goes_to_all_records_at_once(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    with recorded() as seen:
        estimate = zoho_truth.one("estimates", status="sent")["estimate_id"]
        books.estimates.mark_accepted(estimate)
        books.estimates.add_comment(estimate, "Thank you.")
    writes = [
        item.request.path_url
        for item in seen
        if item.request.method in ("PUT", "DELETE", "POST") and "/books/" in (item.request.url or "")
    ]
    assert writes
    assert all(f"/{estimate}/" in path for path in writes)
