"""Section 4, operations: what each call sends, and what Zoho's answer does not hold."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from connectors.zoho.api.errors import ZohoRefused
from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.contact_edits import NotAllowed
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.contact import Contact
from tests.connectors.zoho.facts.conftest import Sandbox, body_of
from tests.contract.exchange import recorded


@pytest.fixture
def contact(books: BooksClient, zoho_truth: Sandbox) -> Contact:
    """A customer with two people at least."""
    several = next(
        record for record in zoho_truth.records("contacts").values() if len(record["contact_persons"]) > 1
    )
    return books.contacts.get(several["contact_id"]).value


def test_facts_4_2_an_edit_of_a_company_sends_the_name_along_unchanged(
    books: BooksClient, contact: Contact
) -> None:
    with recorded() as seen:
        books.contact_edits.edit_company(contact.id, contact_name=contact.name, company_name="Bowman Boats")
    assert body_of(seen[-1].request) == {"contact_name": contact.name, "company_name": "Bowman Boats"}
    assert books.contacts.get(contact.id).value.company_name == "Bowman Boats"


def test_facts_4_2_an_address_is_sent_whole_since_nobody_knows_what_an_omitted_part_does(
    books: BooksClient, contact: Contact
) -> None:
    full = dataclasses.replace(contact.billing_address, fax="+1 555 0101", phone="+1 555 0100")
    with recorded() as seen:
        books.contact_edits.edit_company(contact.id, contact_name=contact.name, billing_address=full)
    assert set(body_of(seen[-1].request)["billing_address"]) == {
        "attention",
        "address",
        "street2",
        "city",
        "state",
        "zip",
        "country",
        "phone",
        "fax",
    }
    after = books.contacts.get(contact.id).value.billing_address
    assert (after.fax, after.phone, after.street) == ("+1 555 0101", "+1 555 0100", full.street)


@pytest.mark.parametrize(
    ("part", "longest"),
    [("attention", 100), ("street", 500), ("street2", 255), ("country", 100), ("phone", 50)],
)
def test_facts_4_2_a_part_of_an_address_that_is_too_long_is_not_sent(
    books: BooksClient, contact: Contact, zoho_truth: Sandbox, part: str, longest: int
) -> None:
    too_long = dataclasses.replace(contact.billing_address, **{part: "x" * (longest + 1)})
    with pytest.raises(NotAllowed, match=f"at most {longest} characters"):
        books.contact_edits.edit_company(contact.id, contact_name=contact.name, billing_address=too_long)
    assert [call for call in zoho_truth.server.calls() if call["method"] == "PUT"] == []


def test_facts_4_3_an_edit_of_a_person_names_contact_and_first_name_and_only_what_changes(
    books: BooksClient, contact: Contact
) -> None:
    person = contact.persons[0]
    with recorded() as seen:
        books.contact_edits.edit_person(
            contact.id, person.id, {"phone": "+1 555 0199"}, first_name=person.first_name
        )
    assert body_of(seen[-1].request) == {
        "contact_id": contact.id,
        "first_name": person.first_name,
        "phone": "+1 555 0199",
    }


def test_facts_4_3_empty_text_clears_and_what_is_left_out_stays(books: BooksClient, contact: Contact) -> None:
    person = contact.persons[0]
    books.contact_edits.edit_person(
        contact.id, person.id, {"mobile": "+1 555 0123", "designation": "Owner"}, first_name=person.first_name
    )
    books.contact_edits.edit_person(contact.id, person.id, {"mobile": ""}, first_name=person.first_name)
    after = next(item for item in books.contacts.persons(contact.id).value if item.id == person.id)
    assert (after.mobile, after.designation, after.email) == ("", "Owner", person.email)


def test_facts_4_3_another_person_becomes_the_first_contact_by_a_call_of_its_own(
    books: BooksClient, contact: Contact
) -> None:
    other = next(person for person in contact.persons if not person.is_primary)
    books.contact_edits.mark_primary(other.id)
    assert [item.id for item in books.contacts.persons(contact.id).value if item.is_primary] == [other.id]


def test_facts_2_3_a_body_goes_out_as_json_and_the_plus_of_an_offset_percent_encoded(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    estimate = zoho_truth.one("estimates", status="sent")["estimate_id"]
    with recorded() as seen:
        books.estimates.add_comment(estimate, "Thank you.")
        books.invoices.list_page(modified_since=dt.datetime(2026, 6, 9, 13, 46, 21, tzinfo=dt.UTC))
    comment, listing = (item.request for item in seen[-2:])
    assert comment.headers["Content-Type"] == "application/json"
    assert body_of(comment)["description"] == "Thank you."
    assert "last_modified_time=2026-06-09T13%3A46%3A21%2B0000" in str(listing.url)


@pytest.mark.parametrize(("answer", "status"), [("mark_accepted", "accepted"), ("mark_declined", "declined")])
def test_facts_4_4_an_answer_to_an_estimate_has_no_body_and_brings_no_record(
    books: BooksClient, zoho_truth: Sandbox, answer: str, status: str
) -> None:
    estimate = zoho_truth.one("estimates", status="sent")["estimate_id"]
    with recorded() as seen:
        getattr(books.estimates, answer)(estimate)
    assert body_of(seen[-1].request) is None
    assert set(seen[-1].answer.json()) == {"code", "message"}
    assert books.estimates.get(estimate).value.status == status


def test_facts_4_4_accept_is_not_idempotent(books: BooksClient, zoho_truth: Sandbox) -> None:
    estimate = zoho_truth.one("estimates", status="sent")["estimate_id"]
    books.estimates.mark_accepted(estimate)
    with pytest.raises(ZohoRefused) as caught:
        books.estimates.mark_accepted(estimate)
    assert caught.value.status == 400
    assert books.estimates.get(estimate).value.status == "accepted"


def test_facts_4_4_a_comments_author_is_the_merchant_and_its_kind_tells_it_from_the_history(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    estimate = zoho_truth.one("estimates", status="sent")["estimate_id"]
    books.estimates.mark_declined(estimate)
    books.estimates.add_comment(estimate, "Robin Marsh declined: too late for us.")
    comments = books.estimates.comments(estimate).value
    ours = next(comment for comment in comments if comment.text.startswith("Robin Marsh"))
    assert ours.author == "Ada Okafor"
    assert {comment.kind for comment in comments if comment is not ours} == {"system"}
    assert ours.kind != "system"


def test_facts_4_5_an_error_that_comes_instead_of_a_pdf_is_no_pdf(
    books: BooksClient, zoho_truth: Sandbox
) -> None:
    invoice = zoho_truth.one("invoices", status="sent")["invoice_id"]
    assert books.invoices.pdf(invoice).content.startswith(b"%PDF-")
    zoho_truth.server.fault("status", path="/books/v3/invoices/*", status=400, code=4, message="no")
    with pytest.raises(ZohoRefused):
        books.invoices.pdf(invoice)


def test_facts_4_1_the_users_call_names_who_authorised(zoho: ZohoClients, zoho_truth: Sandbox) -> None:
    token = zoho.vault.access_token(zoho_truth.org)
    assert zoho_truth.answer("/users/me", token)["user"]["name"] == "Ada Okafor"
