"""Makes generated invoices and their payments, in the sandbox's stored form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sandbox.amounts import Number
from sandbox.generated.columns import DRAFT, OPEN, PAID, PART, VOID, Columns
from sandbox.world import Record

IDS_EACH = 8
"""Ids reserved per invoice: its own, two lines with their items, its payment, and the payment's application.
"""
STATUSES = {DRAFT: "draft", VOID: "void", OPEN: "sent", PART: "sent", PAID: "sent"}
WORK = (
    "Brand refresh",
    "Photo session",
    "Monthly care",
    "Print run",
    "Workshop day",
    "Hosting",
    "Illustration",
    "Copy editing",
)
MODES = ("banktransfer", "creditcard", "check", "cash")


class Numbering:
    """Ids in blocks of IDS_EACH, starting at one id of the data centre."""

    def __init__(self, prefix: str, first: int, count: int) -> None:
        self._prefix, self._first, self._count = prefix, first, count

    def key(self, number: int, part: int) -> str:
        return f"{self._prefix}{self._first + number * IDS_EACH + part:012d}"

    def number(self, key: str, part: int) -> int | None:
        """The invoice whose block contains an id, for that part of it; None for any other text."""
        if not key.startswith(self._prefix) or len(key) != len(self._prefix) + 12 or not key.isdecimal():
            return None
        number, found = divmod(int(key[len(self._prefix) :]) - self._first, IDS_EACH)
        return number if found == part and 0 <= number < self._count else None


class InvoiceMaker:
    """customers: in the order of Columns.customers; precision: decimal places of their common currency."""

    def __init__(self, columns: Columns, ids: Numbering, customers: Sequence[Record], precision: int) -> None:
        self.columns, self.ids, self.customers, self.numbers = (
            columns,
            ids,
            customers,
            range(len(columns.kinds)),
        )
        self._unit = 10**precision
        self.quick: Mapping[str, Callable[[int], Any]] = {
            "invoice_id": self.key,
            "invoice_number": lambda n: f"INV-G{n + 1:06d}",
            "customer_id": lambda n: customers[columns.customers[n]]["contact_id"],
            "customer_name": lambda n: customers[columns.customers[n]]["contact_name"],
            "status": lambda n: STATUSES[columns.kinds[n]],
            "date": lambda n: date.fromordinal(columns.days[n]).isoformat(),
            "due_date": lambda n: date.fromordinal(columns.days[n] + 30).isoformat(),
            "total": lambda n: self.amount(columns.totals[n]),
            "payment_made": lambda n: self.amount(columns.paid(n)),
            "created": lambda n: columns.created[n],
            "modified": lambda n: columns.modified[n],
            "is_viewed_by_client": lambda n: n % 3 == 0,
            **{name: lambda n: 0 for name in ("credits_applied", "write_off_amount")},
            **{name: lambda n: "" for name in ("reference_number", "recurring_invoice_id", "estimate_id")},
            **{name: lambda n: () for name in ("credits", "documents")},
        }

    def key(self, number: int) -> str:
        return self.ids.key(number, 0)

    def number(self, key: str) -> int | None:
        return self.ids.number(key, 0)

    def amount(self, minor: int) -> Number:
        """Minor units as the JSON number that Zoho would write."""
        return minor if self._unit == 1 else minor / self._unit

    def record(self, number: int) -> Record:
        fields = {name: known(number) for name, known in self.quick.items()}
        customer = self.customers[self.columns.customers[number]]
        paid_on = self.columns.paid_day(number) if self.columns.paid(number) else 0
        return {
            **fields,
            "company_name": customer["company_name"],
            "currency_code": customer["currency_code"],
            "last_payment_date": date.fromordinal(paid_on).isoformat() if paid_on else "",
            "credits": [],
            "documents": [],
            "allow_partial_payments": True,
            "ach_payment_initiated": False,
            "line_items": [self._line(number, part) for part in (1, 3)],
            "notes": "",
            "terms": "",
            "shipping_charge": 0,
            "adjustment": 0,
            "adjustment_description": "",
            "billing_address": dict(customer["billing_address"]),
            "shipping_address": dict(customer["shipping_address"]),
            "sub_total": fields["total"],
            "discount_total": self.amount(0),
            "taxes": [],
            "tax_total": self.amount(0),
        }

    def _line(self, number: int, part: int) -> Record:
        half = self.amount(self.columns.totals[number] // 2)
        return {
            "line_item_id": self.ids.key(number, part),
            "item_id": self.ids.key(number, part + 1),
            "name": WORK[(number + part) % len(WORK)],
            "description": "",
            "quantity": 1,
            "rate": half,
            "unit": "",
            "discount": 0,
            "tax_id": "",
            "tax_name": "",
            "tax_percentage": 0,
            "discount_amount": self.amount(0),
            "item_total": half,
        }


class PaymentMaker:
    """One payment for each generated invoice that is paid, fully or in part."""

    def __init__(self, invoices: InvoiceMaker) -> None:
        self._invoices, columns = invoices, invoices.columns
        self.numbers: Sequence[int] = [
            number for number in invoices.numbers if columns.kinds[number] in (PART, PAID)
        ]
        self.quick: Mapping[str, Callable[[int], Any]] = {
            "payment_id": self.key,
            "payment_number": lambda n: f"G{n + 1}",
            "customer_id": invoices.quick["customer_id"],
            "customer_name": invoices.quick["customer_name"],
            "amount": invoices.quick["payment_made"],
            "payment_mode": lambda n: MODES[n % len(MODES)],
            "date": lambda n: date.fromordinal(columns.paid_day(n)).isoformat(),
            "reference_number": lambda n: f"TR-{n:06d}",
            "created": lambda n: columns.modified[n],
            "modified": lambda n: columns.modified[n],
        }

    def key(self, number: int) -> str:
        return self._invoices.ids.key(number, 5)

    def number(self, key: str) -> int | None:
        found = self._invoices.ids.number(key, 5)
        return found if found is not None and self._invoices.columns.kinds[found] in (PART, PAID) else None

    def paying(self, invoice_id: str) -> str | None:
        """The id of the payment that settled an invoice, if both were generated."""
        found = self._invoices.number(invoice_id)
        return self.key(found) if found is not None and self._invoices.columns.paid(found) else None

    def record(self, number: int) -> Record:
        fields = {name: known(number) for name, known in self.quick.items()}
        application = {
            "invoice_id": self._invoices.key(number),
            "invoice_payment_id": self._invoices.ids.key(number, 6),
            "amount_applied": fields["amount"],
        }
        currency = self._invoices.customers[self._invoices.columns.customers[number]]["currency_code"]
        return {
            **fields,
            "currency_code": currency,
            "description": "",
            "invoices": [application],
            "custom_fields": {},
        }
