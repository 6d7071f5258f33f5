"""Contacts and contact persons in Zoho's JSON (zoho.md 4.2, 4.3)."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from sandbox.amounts import json_number
from sandbox.balances import outstanding_by_customer, unused_credits_by_customer
from sandbox.books.record_fields import address, stamps
from sandbox.generated.listed_records import ListedRecords, written_of
from sandbox.world import Organisation, Record

PERSON = (
    "contact_person_id",
    "salutation",
    "first_name",
    "last_name",
    "email",
    "phone",
    "mobile",
    "designation",
    "department",
    "skype",
    "is_primary_contact",
    "is_added_in_portal",
)


class ContactWriter:
    """Writes contacts of one organisation; balances are calculated once for all of them, or for the one
    given.
    """

    def __init__(self, organisation: Organisation, only: str = "") -> None:
        self._organisation, self._only = organisation, only

    @cached_property
    def _outstanding(self) -> dict[str, Decimal]:
        return outstanding_by_customer(self._organisation, self._only)

    @cached_property
    def _unused(self) -> dict[str, Decimal]:
        return unused_credits_by_customer(self._organisation, self._only)

    def owed(self, contact: Record) -> Decimal:
        """A customer's balance, in their currency."""
        return self._outstanding.get(contact["contact_id"], Decimal(0))

    def row(self, contact: Record) -> Record:
        """A list row; name, email and phone are those of the primary person."""
        person = primary_person(contact)
        return {
            **self._shared(contact),
            **{name: person[name] for name in ("first_name", "last_name", "email", "phone", "mobile")},
        }

    def _shared(self, contact: Record) -> Record:
        precision = self._organisation.precision(contact["currency_code"])
        currency = self._organisation.currencies[contact["currency_code"]]
        return {
            "contact_id": contact["contact_id"],
            "contact_name": contact["contact_name"],
            "company_name": contact["company_name"],
            "contact_type": "customer",
            "customer_sub_type": "business",
            "status": contact["status"],
            "payment_terms": contact["payment_terms"],
            "payment_terms_label": contact["payment_terms_label"],
            "currency_id": currency["currency_id"],
            "currency_code": contact["currency_code"],
            "outstanding_receivable_amount": json_number(self.owed(contact), precision),
            "unused_credits_receivable_amount": json_number(
                self._unused.get(contact["contact_id"], Decimal(0)), precision
            ),
            "portal_status": "disabled",
            **stamps(self._organisation, contact),
        }

    def detail(self, contact: Record) -> Record:
        """The detail of one contact; only its persons have email and phone."""
        currency = self._organisation.currencies[contact["currency_code"]]
        return {
            **self._shared(contact),
            "has_transaction": self._has_transaction(contact["contact_id"]),
            "website": contact["website"],
            "notes": contact["notes"],
            "language_code": contact.get("language_code", ""),
            "currency_symbol": currency["currency_symbol"],
            "price_precision": currency["price_precision"],
            "credit_limit": 0,
            "primary_contact_id": primary_person(contact)["contact_person_id"],
            "payment_reminder_enabled": True,
            "is_taxable": True,
            "billing_address": _with_state_code(contact["billing_address"]),
            "shipping_address": _with_state_code(contact["shipping_address"]),
            "addresses": [address_with_id(item) for item in contact["addresses"]],
            "contact_persons": [person_record(person) for person in contact["persons"]],
            "custom_fields": [],
            "cards": self._methods(
                self._organisation.cards, contact, "card_id", "expiry_month", "expiry_year"
            ),
            "bank_accounts": self._methods(self._organisation.bank_accounts, contact, "account_id"),
        }

    @staticmethod
    def _methods(stored: dict[str, Record], contact: Record, *names: str) -> list[Record]:
        """The contact's cards or bank accounts, masked: the only place that lists bank accounts (zoho.md
        4.9).
        """
        return [
            {name: record[name] for name in (*names, "last_four_digits", "payment_gateway", "status")}
            for record in stored.values()
            if record["customer_id"] == contact["contact_id"]
        ]

    def _has_transaction(self, contact_id: str) -> bool:
        kept = [self._organisation.documents(kind) for kind in ("invoices", "estimates", "payments")]
        if any(item.has_customer(contact_id) for item in kept if isinstance(item, ListedRecords)):
            return True
        return any(record["customer_id"] == contact_id for item in kept for record in written_of(item))


def primary_person(contact: Record) -> Record:
    """The primary contact person; an empty one for a contact without persons."""
    blank: Record = dict.fromkeys(PERSON, "")
    return next((person for person in contact["persons"] if person["is_primary_contact"]), blank)


def person_record(person: Record) -> Record:
    """One contact person."""
    return {
        **{name: person[name] for name in PERSON},
        "communication_preference": {"is_sms_enabled": False, "is_whatsapp_enabled": False},
    }


def _with_state_code(given: Record) -> Record:
    """A contact's two addresses have one field more than its additional ones."""
    return {**address_with_id(given), "state_code": given.get("state_code", "")}


def address_with_id(given: Record) -> Record:
    """A contact's address, with the id for changing it."""
    return {
        "address_id": given["address_id"],
        **address(given),
        "country_code": given.get("country_code", ""),
        "county": "",
    }
