"""Gives an organisation many customers, invoices and payments at once, and restores them after a restart."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from sandbox.generated.columns import make_columns
from sandbox.generated.generated_invoices import GeneratedInvoices
from sandbox.generated.listed_records import ListedRecords
from sandbox.generated.makers import IDS_EACH, InvoiceMaker, Numbering, PaymentMaker
from sandbox.refusals import Refused
from sandbox.seed.customers import Customer, add_customer
from sandbox.world import DataCentre, Organisation, Record, World

MOST_INVOICES, MOST_CUSTOMERS = 200_000, 20_000
COPIED = (
    "contact_id",
    "contact_name",
    "company_name",
    "currency_code",
    "billing_address",
    "shipping_address",
)
"""What a document copies from its customer: later edits of the contact do not change it."""
PLACES = ("Elm", "Harbour", "Mill", "Station", "Orchard", "Bridge", "Canal", "Meadow")
TRADES = (
    "Bakery",
    "Clinic",
    "Studio",
    "Garage",
    "Bookshop",
    "Brewery",
    "Florist",
    "Theatre",
    "School",
    "Hotel",
)
PEOPLE = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gia", "Hugo", "Ida", "Jon")


def generate(
    world: World, centre: DataCentre, organisation: Organisation, *, invoices: int, customers: int, seed: int
) -> None:
    """Add customers, invoices and the payments of those that are paid.

    Customers are stored; invoices and payments are derived from their numbers. Raises Refused for impossible
    numbers, and for an organisation that already has generated documents.
    """
    if organisation.generated:
        raise Refused(4, "This organisation has generated documents already; reset the sandbox first.")
    if not 0 < invoices <= MOST_INVOICES or not 0 < customers <= MOST_CUSTOMERS:
        raise Refused(4, f"invoices from 1 to {MOST_INVOICES:,}, customers from 1 to {MOST_CUSTOMERS:,}")
    chance, at = random.Random(seed), world.clock.seconds()
    contacts = [_customer(centre, organisation, chance, number, at) for number in range(1, customers + 1)]
    organisation.generated = {
        "invoices": invoices,
        "seed": seed,
        "today": world.today(organisation).isoformat(),
        "first_id": centre.last_id + 1,
        "customers": [{name: contact[name] for name in COPIED} for contact in contacts],
        "gone": {"invoices": [], "payments": []},
    }
    centre.last_id += invoices * IDS_EACH
    attach_generated_records(centre, organisation)
    world.touch()


def attach_generated_records(centre: DataCentre, organisation: Organisation) -> None:
    """Recreate an organisation's generated part from its parameters; does nothing without any."""
    ordered: dict[str, Any] = organisation.generated
    if not ordered:
        return
    customers: list[Record] = ordered["customers"]
    columns = make_columns(
        count=ordered["invoices"],
        customers=len(customers),
        seed=ordered["seed"],
        today=date.fromisoformat(ordered["today"]),
    )
    ids = Numbering(centre.id_prefix, ordered["first_id"], ordered["invoices"])
    maker = InvoiceMaker(columns, ids, customers, organisation.details["price_precision"])
    organisation.invoices = GeneratedInvoices(
        maker, dict(organisation.invoices), set(ordered["gone"]["invoices"])
    )
    organisation.payments = ListedRecords(
        PaymentMaker(maker), dict(organisation.payments), set(ordered["gone"]["payments"])
    )


def _customer(
    centre: DataCentre, organisation: Organisation, chance: random.Random, number: int, at: int
) -> Record:
    place, trade, person = chance.choice(PLACES), chance.choice(TRADES), chance.choice(PEOPLE)
    customer = Customer(
        name=f"{place} {trade} {number:05d}",
        domain=f"client{number:05d}.example",
        currency=organisation.details["currency_code"],
        street=f"{number} {place} Street",
        city="Springfield",
        state="",
        postcode=f"{10_000 + number % 90_000}",
        country=organisation.details["address"]["country"],
        phone=f"+1 555 {number:07d}",
        people=(f"{person} {trade}:Owner",),
    )
    return add_customer(centre, organisation, customer, at)
