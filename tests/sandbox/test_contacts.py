"""Contacts, addresses and contact persons (zoho.md 4.2, 4.3)."""

from __future__ import annotations

import pytest


@pytest.fixture
def contact(zoho):
    row = zoho.first("contacts", contact_name="Brightwater Cafés")
    return zoho.get(f"/contacts/{row['contact_id']}")["contact"]


def get_detail(zoho, contact):
    return zoho.get(f"/contacts/{contact['contact_id']}")["contact"]


def test_persons_stand_in_the_contact_and_in_their_own_list(zoho, contact):
    listed = zoho.get(f"/contacts/{contact['contact_id']}/contactpersons")["contact_persons"]
    assert [record["email"] for record in listed] == [
        "lena@brightwater.example",
        "marcus@brightwater.example",
    ]
    assert (
        listed == contact["contact_persons"]
        and listed[0]["contact_person_id"] == contact["primary_contact_id"]
    )


def test_a_partial_update_changes_only_what_is_given(zoho, contact):
    zoho.call(
        "PUT",
        f"/contacts/{contact['contact_id']}",
        body={"contact_name": contact["contact_name"], "notes": "By ferry only"},
    )
    after = get_detail(zoho, contact)
    assert after["notes"] == "By ferry only" and after["billing_address"] == contact["billing_address"]
    assert after["last_modified_time"] != contact["last_modified_time"]


def test_a_top_level_email_is_ignored_without_error(zoho, contact):
    answer = zoho.call(
        "PUT",
        f"/contacts/{contact['contact_id']}",
        body={"contact_name": "Brightwater Cafés", "email": "new@brightwater.example"},
    )
    assert (
        answer.status_code == 200
        and get_detail(zoho, contact)["contact_persons"] == contact["contact_persons"]
    )


def test_contact_persons_in_an_update_replace_the_whole_list(zoho, contact):
    kept = contact["contact_persons"][0]
    zoho.call(
        "PUT",
        f"/contacts/{contact['contact_id']}",
        body={"contact_persons": [{"contact_person_id": kept["contact_person_id"]}]},
    )
    assert get_detail(zoho, contact)["contact_persons"] == [kept]


def test_an_address_of_the_contact_does_not_change_existing_documents(zoho, contact):
    invoice = zoho.first("invoices", customer_id=contact["contact_id"])
    zoho.call(
        "PUT",
        f"/contacts/{contact['contact_id']}",
        body={"billing_address": {"address": "1 New Road", "city": "Bath", "zip": "04530"}},
    )
    changed = get_detail(zoho, contact)["billing_address"]
    assert (changed["address"], changed["state"], changed["address_id"]) == (
        "1 New Road",
        "",
        contact["billing_address"]["address_id"],
    )
    assert (
        zoho.get(f"/invoices/{invoice['invoice_id']}")["invoice"]["billing_address"]["address"]
        == "210 Front Street"
    )


@pytest.mark.parametrize("body", [{"contact_name": ""}, {"contact_name": "x" * 201}, ["a list"]])
def test_an_unusable_contact_is_refused(zoho, contact, body):
    assert zoho.call("PUT", f"/contacts/{contact['contact_id']}", body=body).status_code == 400


def test_additional_addresses_are_added_changed_and_removed(zoho, contact):
    path = f"/contacts/{contact['contact_id']}/address"
    added = zoho.call("POST", path, body={"address": "Pier 3", "city": "Portland"}).json()["address_info"]
    zoho.call("PUT", f"{path}/{added['address_id']}", body={"address": "Pier 4", "city": "Portland"})
    assert [address["address"] for address in zoho.get(path)["addresses"]] == ["Pier 4"]
    assert zoho.call("DELETE", f"{path}/{added['address_id']}").status_code == 200
    assert (
        zoho.get(path)["addresses"] == []
        and zoho.call("DELETE", f"{path}/{added['address_id']}").status_code == 404
    )


def test_a_person_is_changed_field_by_field_and_empty_text_clears(zoho, contact):
    lena = contact["contact_persons"][0]
    path = f"/contacts/contactpersons/{lena['contact_person_id']}"
    body = {"contact_id": contact["contact_id"], "first_name": "Lena", "phone": "", "designation": "Director"}
    said = zoho.call("PUT", path, body=body).json()["contact_person"]
    assert (said["phone"], said["designation"], said["last_name"]) == ("", "Director", "Hartmann")
    assert zoho.call("PUT", path, body=body | {"is_primary_contact": True}).status_code == 400
    assert zoho.call("PUT", path, body=body | {"salutation": "x" * 26}).status_code == 400
    assert zoho.call("PUT", path, body={"contact_id": contact["contact_id"]}).status_code == 400


def test_persons_come_become_primary_and_go(zoho, contact):
    made = zoho.call(
        "POST", "/contacts/contactpersons", body={"contact_id": contact["contact_id"], "first_name": "Ida"}
    )
    person_id = made.json()["contact_person"]["contact_person_id"]
    assert made.status_code == 201
    zoho.call("POST", f"/contacts/contactpersons/{person_id}/primary")
    assert get_detail(zoho, contact)["primary_contact_id"] == person_id
    assert zoho.call("DELETE", f"/contacts/contactpersons/{person_id}").status_code == 200
    assert (
        zoho.call("GET", f"/contacts/{contact['contact_id']}/contactpersons/{person_id}").status_code == 404
    )
