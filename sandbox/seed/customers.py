"""The customers of the seed: companies with place, currency and contact persons."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import NamedTuple

from sandbox.world import DataCentre, Organisation, Record


class Customer(NamedTuple):
    """One company.

    People are "First Last:designation", the first of them primary; their addresses follow from name and
    domain.
    """

    name: str
    domain: str
    currency: str
    street: str
    city: str
    state: str
    postcode: str
    country: str
    phone: str
    people: tuple[str, ...]
    notes: str = ""


BRIGHTWATER, NORTHGATE, SOMMER = "Brightwater Cafés", "Northgate Clinics", "Bäckerei Sommer"
BUSY, SILENT, WITHOUT_EMAIL = "Meridian Freight Lines", "Quiet Harbor Yoga", "Old Mill Print Works"
MARKUP, NON_LATIN = "Pixel & Thread", "Kitsune Records K.K."


def _read(name: str) -> tuple[Customer, ...]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return tuple(
            Customer(**(row | {"people": tuple(row["people"].split("; "))})) for row in csv.DictReader(file)
        )


AMERICAN, EUROPEAN = _read("american_customers.csv"), _read("european_customers.csv")


def add_customer(centre: DataCentre, organisation: Organisation, customer: Customer, at: int) -> Record:
    """Add a company to an organisation as a contact with its persons; `at` is the time, in seconds since
    1970.
    """
    address = {
        "attention": customer.people[0].partition(":")[0],
        "address": customer.street,
        "street2": "",
        "city": customer.city,
        "state": customer.state,
        "zip": customer.postcode,
        "country": customer.country,
        "fax": "",
        "phone": customer.phone,
    }
    contact: Record = {
        "contact_id": centre.new_id(),
        "contact_name": customer.name,
        "company_name": customer.name,
        "status": "active",
        "payment_terms": 30,
        "payment_terms_label": "Net 30",
        "currency_code": customer.currency,
        "website": f"https://{customer.domain}" if customer.domain else "",
        "notes": customer.notes,
        "language_code": "",
        "billing_address": {"address_id": centre.new_id(), **address},
        "shipping_address": {"address_id": centre.new_id(), **address},
        "addresses": [],
        "persons": [
            _person(centre, customer, text, primary=number == 0)
            for number, text in enumerate(customer.people)
        ],
        "created": at,
        "modified": at,
    }
    organisation.contacts[contact["contact_id"]] = contact
    return contact


def _person(centre: DataCentre, customer: Customer, text: str, *, primary: bool) -> Record:
    name, _, designation = text.partition(":")
    salutation, bare = ("Dr.", name.removeprefix("Dr. ")) if name.startswith("Dr. ") else ("", name)
    first, _, last = bare.partition(" ")
    box = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().casefold() or "office"
    return {
        "contact_person_id": centre.new_id(),
        "salutation": salutation,
        "first_name": first,
        "last_name": last,
        "email": f"{box}@{customer.domain}" if customer.domain else "",
        "phone": customer.phone,
        "mobile": "",
        "designation": designation,
        "department": "",
        "skype": "",
        "is_primary_contact": primary,
        "is_added_in_portal": False,
    }
