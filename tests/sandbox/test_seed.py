"""The seed: enough of everything, the same from the same number, nothing from the future."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from sandbox.balances import balance_of, invoice_status
from sandbox.clock import Clock
from sandbox.lifecycle import estimate_status
from sandbox.seed.build import SeedBox, build
from sandbox.world import KINDS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = NOON.date()
STUDIO, TOOLS, EMPTY = ("us", "600123101"), ("eu", "200345601"), ("in", "600987301")


@pytest.fixture(scope="module")
def centres():
    return build(7, NOON)


def organisation(centres, where):
    return centres[where[0]].organisations[where[1]]


def as_text(centres):
    return json.dumps({code: item.as_json() for code, item in centres.items()})


def test_the_same_number_and_day_make_the_same_seed_and_others_do_not(centres):
    assert as_text(build(7, NOON)) == as_text(centres) != as_text(build(8, NOON))


def test_there_are_three_merchants_forty_customers_and_about_1500_documents(centres):
    all_of = [item for centre in centres.values() for item in centre.organisations.values()]
    assert sum(len(item.contacts) for item in all_of) == 40
    count = sum(len(item.documents(kind)) for item in all_of for kind in KINDS if kind != "contacts")
    assert 1400 < count < 1800
    assert (
        not organisation(centres, EMPTY).contacts
        and not centres["us"].organisations["600123102"].details["is_org_active"]
    )
    assert [bool(organisation(centres, item).details["has_billing"]) for item in (STUDIO, TOOLS)] == [
        True,
        False,
    ]


def test_every_status_is_there_for_both_merchants_with_documents(centres):
    for where in (STUDIO, TOOLS):
        found = organisation(centres, where)
        estimates = Counter(
            estimate_status(estimate, DAY.isoformat()) for estimate in found.estimates.values()
        )
        invoices = Counter(invoice_status(invoice, DAY.isoformat()) for invoice in found.invoices.values())
        assert set(estimates) == {"draft", "sent", "accepted", "declined", "expired", "invoiced"}
        assert set(invoices) == {"draft", "sent", "viewed", "overdue", "partially_paid", "paid", "void"}


@pytest.mark.parametrize(
    ("where", "name", "email"),
    [
        (STUDIO, "Brightwater Cafés", "lena@brightwater.example"),
        (STUDIO, "Northgate Clinics", "omar@northgate.example"),
        (TOOLS, "Bäckerei Sommer", "petra@sommer.example"),
    ],
)
@pytest.mark.parametrize("seed", [1, 7, 99])
def test_the_well_known_clients_always_have_something_to_answer_and_to_pay(where, name, email, seed):
    found = organisation(build(seed, NOON), where)
    customer = next(contact for contact in found.contacts.values() if contact["contact_name"] == name)
    assert customer["persons"][0]["email"] == email
    mine = [
        estimate for estimate in found.estimates.values() if estimate["customer_id"] == customer["contact_id"]
    ]
    open_ones = [
        record for record in mine if record["status"] == "sent" and record["expiry_date"] > DAY.isoformat()
    ]
    assert len(open_ones) >= 3 and {"declined", "invoiced", "accepted"} <= {
        record["status"] for record in mine
    }
    theirs = [
        invoice for invoice in found.invoices.values() if invoice["customer_id"] == customer["contact_id"]
    ]
    invoices = Counter(invoice_status(their, DAY.isoformat()) for their in theirs)
    assert invoices["overdue"] >= 2 and invoices["paid"] >= 4 and invoices["partially_paid"] >= 1
    assert invoices["sent"] >= 2 and invoices["viewed"] >= 1


def test_the_peculiar_customers_are_there(centres):
    found = organisation(centres, STUDIO)
    by_name = {contact["contact_name"]: contact for contact in found.contacts.values()}
    invoices = Counter(invoice["customer_name"] for invoice in found.invoices.values())
    assert invoices["Meridian Freight Lines"] > 200 and invoices["Quiet Harbor Yoga"] == 0
    assert by_name["Old Mill Print Works"]["persons"][0]["email"] == ""
    notes = {estimate["customer_name"]: estimate["notes"] for estimate in found.estimates.values()}
    assert "<script>" in notes["Pixel & Thread"] and not notes["Kitsune Records K.K."].isascii()
    assert {contact["currency_code"] for contact in found.contacts.values()} == {
        "USD",
        "EUR",
        "GBP",
        "INR",
        "JPY",
        "BHD",
    }


def test_every_person_but_one_has_an_address_that_mail_can_carry(centres):
    people = [
        person
        for where in (STUDIO, TOOLS)
        for contact in organisation(centres, where).contacts.values()
        for person in contact["persons"]
    ]
    addresses = [person["email"] for person in people if person["email"]]
    assert len(addresses) == len(set(addresses)) == len(people) - 1
    assert all(address.isascii() and address.endswith(".example") for address in addresses)
    assert {"office@kitsune.example", "tomas@novak.example"} <= set(addresses)


def test_a_well_known_client_has_a_declined_estimate_that_is_still_within_its_time(centres):
    found = organisation(centres, STUDIO).estimates.values()
    assert any(
        record["customer_name"] == "Brightwater Cafés"
        and record["status"] == "declined"
        and record["expiry_date"] > DAY.isoformat()
        for record in found
    )


def test_nothing_was_made_or_changed_in_the_future_or_before_it_was_made(centres):
    now = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).timestamp()
    for centre in centres.values():
        for item in centre.organisations.values():
            for kind in KINDS:
                for record in item.documents(kind).values():
                    assert record["created"] <= record["modified"] < now
                    assert record.get("date", "") <= DAY.isoformat()


def test_no_balance_is_negative_and_every_payment_adds_up(centres):
    for where in (STUDIO, TOOLS):
        found = organisation(centres, where)
        assert all(balance_of(invoice) >= 0 for invoice in found.invoices.values())
        paid = Counter()
        for payment in found.payments.values():
            assert (
                sum(invoice["amount_applied"] for invoice in payment["invoices"]) <= payment["amount"] + 0.001
            )
            for part in payment["invoices"]:
                paid[part["invoice_id"]] += part["amount_applied"]
        assert all(paid[key] == pytest.approx(item["payment_made"]) for key, item in found.invoices.items())


def test_a_fresh_copy_shares_nothing_with_the_last_one():
    box, clock = SeedBox(7), Clock()
    first, second = box.fresh(clock), box.fresh(clock)
    next(iter(organisation(first, STUDIO).estimates.values()))["status"] = "void"
    assert as_text(second) == as_text(box.fresh(clock)) != as_text(first)
