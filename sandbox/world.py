"""The sandbox's state: data centres with users, organisations and documents, all plain JSON."""

from __future__ import annotations

import threading
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sandbox.clock import Clock

Record = dict[str, Any]

DEFAULT_SETTINGS: Record = {
    "auto_convert": "",
    "answers_expired_estimates": False,
    "calls_per_minute": 6_000,
    "calls_per_day": 1_000_000,
    "calls_at_once": 100,
    "block_seconds": 60,
    "ignores_modified_since": [],
    "refuses_modified_sort": [],
    "ignores_customer_filter": [],
    "ignores_filters": [],
    "without_modified_time": [],
    "delta_lag_seconds": 0,
    "unique_payment_field": "",
    "allow_partial_payments": True,
    "payment_gateways": [],
    "bank_debit_days": 4,
    "booking_delay": 0,
    "billing_organization_id": "",
    "billing_separate_ids": False,
    "billing_calls_per_minute": 6_000,
    "billing_calls_per_day": 1_000_000,
    "billing_calls_at_once": 100,
}
"""What the control API may change per organisation.

auto_convert: "" | "draft" | "sent", the invoice an accepted estimate turns into at once (zoho.md 5.1).
calls_*, billing_calls_*: the limits of zoho.md 3.1; block_seconds: how long an organisation stays blocked
after code 44. The lists name kinds (estimates, invoices, …) whose list call ignores the `last_modified_time`
filter, refuses to sort by it, ignores the `customer_id` filter, or leaves `last_modified_time` out of its
rows (zoho.md 2.5, 2.6).
ignores_filters: names of filters that no list of Books knows: they are ignored, and everything answered
(zoho.md 2.5).
delta_lag_seconds: so long a change is not yet found by the `last_modified_time` filter (zoho.md 10.24).
unique_payment_field: api name (cf_…) of the payments' custom field that accepts no duplicates; "" for none
(zoho.md 3.3).
allow_partial_payments: what new invoices say about paying a part online (zoho.md 7.1).
payment_gateways: online gateways that the merchant set up; none means that nobody can pay online (zoho.md
7.1).
bank_debit_days: days until a debit of a bank account settles by itself; 0 means never.
booking_delay: seconds between a payment by card on a page and its being booked; nothing shows it meanwhile
but the page.
billing_organization_id: the organisation's id in Billing, where that is another than in Books; "" for the
same (zoho.md 8).
billing_separate_ids: whether customers, invoices and payments too have other ids in Billing (zoho.md 8)."""

KINDS = ("contacts", "estimates", "invoices", "payments", "recurring_invoices", "credit_notes")
BILLING_KINDS = (
    "plans",
    "subscriptions",
    "cards",
    "bank_accounts",
    "hosted_pages",
    "bank_debits",
    "late_bookings",
    "billing_events",
)
"""Kinds that only organisations with Zoho Billing have. Their invoices and payments are those of Books
(zoho.md 8).
"""


@dataclass
class Organisation:
    """One Zoho Books organisation with all its documents, each kind by id."""

    details: Record
    member_ids: list[str]
    currencies: dict[str, Record]
    settings: Record = field(default_factory=lambda: dict(DEFAULT_SETTINGS))
    contacts: dict[str, Record] = field(default_factory=dict)
    estimates: dict[str, Record] = field(default_factory=dict)
    invoices: MutableMapping[str, Record] = field(default_factory=dict)
    payments: MutableMapping[str, Record] = field(default_factory=dict)
    recurring_invoices: dict[str, Record] = field(default_factory=dict)
    credit_notes: dict[str, Record] = field(default_factory=dict)
    comments: dict[str, list[Record]] = field(default_factory=dict)
    payment_links: dict[str, Record] = field(default_factory=dict)
    webhook: Record = field(default_factory=dict)
    plans: dict[str, Record] = field(default_factory=dict)
    subscriptions: dict[str, Record] = field(default_factory=dict)
    cards: dict[str, Record] = field(default_factory=dict)
    bank_accounts: dict[str, Record] = field(default_factory=dict)
    hosted_pages: dict[str, Record] = field(default_factory=dict)
    bank_debits: dict[str, Record] = field(default_factory=dict)
    """Pending bank debits, by invoice id."""
    late_bookings: dict[str, Record] = field(default_factory=dict)
    billing_events: dict[str, Record] = field(default_factory=dict)
    billed_until: str = ""
    """The day (yyyy-mm-dd) up to which subscriptions were processed."""
    generated: Record = field(default_factory=dict)
    """The parameters of generated invoices and payments; see sandbox/generated."""
    numbers: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> Record:
        """Everything as plain values; generated records as their parameters and the numbers that are gone."""
        if not self.generated:
            return vars(self)
        generated: dict[str, Any] = {"invoices": self.invoices, "payments": self.payments}
        gone = {kind: sorted(records.gone) for kind, records in generated.items()}
        written = {kind: records.written for kind, records in generated.items()}
        return vars(self) | written | {"generated": self.generated | {"gone": gone}}

    @property
    def id(self) -> str:
        return str(self.details["organization_id"])

    @property
    def has_billing(self) -> bool:
        return bool(self.details["has_billing"])

    @property
    def billing_id(self) -> str:
        """The organisation's id in Zoho Billing."""
        return str(self.settings["billing_organization_id"]) or self.id

    @property
    def time_zone(self) -> str:
        return str(self.details["time_zone"])

    @property
    def language(self) -> str:
        return str(self.details["language_code"])

    def documents(self, kind: str) -> MutableMapping[str, Record]:
        """All records of one of KINDS or BILLING_KINDS, by id."""
        found: MutableMapping[str, Record] = getattr(self, kind)
        return found

    def precision(self, currency_code: str) -> int:
        """Decimal places of a currency: JPY 0, BHD 3."""
        return int(self.currencies[currency_code]["price_precision"])

    def next_number(self, kind: str, prefix: str) -> str:
        """The next document number of a kind, such as QT-000042."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{prefix}{self.numbers[kind]:06d}"


@dataclass
class DataCentre:
    """One data centre: its users, organisations, and issued grants and tokens."""

    code: str
    id_prefix: str
    last_id: int = 0
    users: dict[str, Record] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    codes: dict[str, Record] = field(default_factory=dict)
    refresh_tokens: dict[str, Record] = field(default_factory=dict)
    refresh_tokens_given: dict[str, list[int]] = field(default_factory=dict)
    """Per user: when the latest ones were issued, in seconds since 1970."""
    access_tokens: dict[str, Record] = field(default_factory=dict)

    def new_id(self) -> str:
        """19 digits, beyond 2^53 like Zoho's ids (zoho.md 9.12), never issued twice."""
        self.last_id += 1
        return f"{self.id_prefix}{self.last_id:012d}"

    def as_json(self) -> Record:
        """Everything as plain values, sharing nothing mutable."""
        return vars(self) | {
            "organisations": {key: item.as_json() for key, item in self.organisations.items()}
        }

    @classmethod
    def from_json(cls, data: Record) -> DataCentre:
        organisations = {key: Organisation(**item) for key, item in data["organisations"].items()}
        return cls(**(data | {"organisations": organisations}))


class World:
    """All data centres, the clock, and the lock for every read and write."""

    def __init__(self, data_centres: dict[str, DataCentre], clock: Clock) -> None:
        self.data_centres, self.clock = data_centres, clock
        self.lock = threading.RLock()
        self.revision = 0
        self._modified: list[Record] = []
        self._happened: list[tuple[Organisation, Record]] = []
        self.changed = threading.Event()

    def touch(self) -> None:
        """Note a change: the snapshot is rewritten, and the current call had an effect."""
        self.revision += 1
        self.changed.set()

    def modify(self, record: Record) -> None:
        """Mark a record as changed now in Books, which triggers webhooks."""
        self.stamp(record)
        self._modified.append(record)

    def stamp(self, record: Record) -> None:
        """Mark a record as changed now by a sync from Billing, which triggers no webhook of Books (zoho.md
        6.4).
        """
        record["modified"] = self.clock.seconds()
        self.touch()

    def take_modified(self) -> list[Record]:
        """The records changed since the last call."""
        taken, self._modified = self._modified, []
        return taken

    def happened(self, organisation: Organisation, event: Record) -> None:
        """An event of Billing, just now."""
        self._happened.append((organisation, event))
        self.touch()

    def take_happened(self) -> list[tuple[Organisation, Record]]:
        """The events since the last call, in order."""
        taken, self._happened = self._happened, []
        return taken

    def flush(self) -> None:
        """After each request: store generated records that were fetched and changed, drop the others."""
        for centre in self.data_centres.values():
            for organisation in centre.organisations.values():
                generated: list[Any] = (
                    [organisation.invoices, organisation.payments] if organisation.generated else []
                )
                for records in generated:
                    records.flush()

    def today(self, organisation: Organisation) -> date:
        """The day in that organisation's time zone."""
        return self.clock.today(organisation.time_zone)

    def organisation(self, organization_id: str) -> tuple[DataCentre, Organisation] | None:
        """An organisation's data centre."""
        for centre in self.data_centres.values():
            if organization_id in centre.organisations:
                return centre, centre.organisations[organization_id]
        return None
