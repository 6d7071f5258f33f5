"""The ordinary documents of the seed: many of each status, spread over the last two years."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sandbox import estimate_drafting, invoice_lifecycle
from sandbox.amounts import exact, json_number, rounded
from sandbox.drafting import common_fields, copied_lines, new_line
from sandbox.payment_booking import enter_payment
from sandbox.seed.catalogue import GERMAN_NOTES, NOTES, STUDIO, TERMS, TOOLS, Item
from sandbox.seed.organisations import taxes_of
from sandbox.totals import work_out
from sandbox.world import DataCentre, Organisation, Record


class DocumentMaker:
    """Makes one organisation's documents from one random source and one day."""

    def __init__(
        self, centre: DataCentre, organisation: Organisation, chance: random.Random, today: date
    ) -> None:
        self.centre, self.organisation, self.chance, self.today = centre, organisation, chance, today
        self.waiting: dict[str, list[tuple[int, Record]]] = {}
        """Per customer: invoices, with their age in days, that the next payment will settle together."""
        german = organisation.language == "de"
        self._items: tuple[Item, ...] = TOOLS if german else STUDIO
        self._notes: tuple[str, ...] = GERMAN_NOTES if german else NOTES
        self._terms = TERMS[1] if german else TERMS[0]

    def day(self, days_ago: int) -> str:
        """The date `days` before the seed's today; negative for the future."""
        return (self.today - timedelta(days=days_ago)).isoformat()

    def moment(self, days_ago: int) -> int:
        """Some time on that day, in seconds since 1970; at latest yesterday, so that nothing is in the
        future.
        """
        start = datetime.combine(self.today - timedelta(days=max(1, days_ago)), datetime.min.time(), UTC)
        return int(start.timestamp()) + self.chance.randrange(8 * 3600, 18 * 3600)

    def lines(self, customer: Record, count: int) -> list[Record]:
        """Random lines from the price list, in the customer's currency."""
        currency, taxes = self.organisation.currencies[customer["currency_code"]], taxes_of(self.organisation)
        taxed = customer["currency_code"] == self.organisation.details["currency_code"]
        made = []
        for item in self.chance.sample(self._items, count):
            rate = rounded(
                Decimal(str(item.price)) / exact(currency["exchange_rate"]), currency["price_precision"]
            )
            made.append(
                new_line(
                    self.centre,
                    name=item.name,
                    description=item.description,
                    unit=item.unit,
                    rate=json_number(rate, currency["price_precision"]),
                    quantity=self.chance.choice((1, 1, 1, 2, 2, 3, 4, 5, 8, 10, 12, 1.5, 2.5)),
                    discount=self.chance.choice((0,) * 8 + (5, 10)),
                    tax=taxes[0] if taxed else None,
                )
            )
        return made

    def estimate(
        self,
        customer: Record,
        status: str,
        *,
        days_ago: int,
        valid_for: int = 30,
        answered_after: int = 4,
        notes: str | None = None,
    ) -> Record:
        """An estimate in a status, answered some days after its date. `expired` is a sent one past its expiry
        date.
        """
        estimate = estimate_drafting.blank_estimate(
            self.centre,
            self.organisation,
            customer_id=customer["contact_id"],
            status="sent" if status == "expired" else status,
            date=self.day(days_ago),
            expiry_date=self.day(days_ago - valid_for),
            lines=self.lines(customer, self.chance.randint(1, 5)),
            reference=self._reference(),
            notes=self.chance.choice(self._notes) if notes is None else notes,
            terms=self._terms,
            at=self.moment(days_ago),
        )
        if status in ("accepted", "invoiced", "declined"):
            answered = max(1, days_ago - answered_after)
            estimate["declined_date" if status == "declined" else "accepted_date"] = self.day(answered)
            estimate["modified"] = max(estimate["created"], self.moment(answered))
        if status == "invoiced":
            invoice = self.invoice(customer, "sent", days_ago=max(1, days_ago - answered_after - 1))
            invoice["line_items"] = copied_lines(self.centre, estimate["line_items"])
            invoice.update(estimate_id=estimate["estimate_id"], reference_number=estimate["estimate_number"])
            work_out(invoice, self.organisation.precision(invoice["currency_code"]))
            estimate["invoice_ids"].append(invoice["invoice_id"])
        estimate["is_viewed_by_client"] = status not in ("draft", "sent")
        return estimate

    def invoice(self, customer: Record, status: str, *, days_ago: int, terms: int = 30) -> Record:
        """A draft, sent or void invoice; overdue follows from its due date, payments are booked
        with `pay`.
        """
        invoice = invoice_lifecycle.blank_invoice(
            self.centre,
            self.organisation,
            customer_id=customer["contact_id"],
            status=status,
            date=self.day(days_ago),
            due_date=self.day(days_ago - terms),
            lines=self.lines(customer, self.chance.randint(1, 4)),
            reference=self._reference(),
            notes=self.chance.choice(self._notes),
            terms=self._terms,
            at=self.moment(days_ago),
        )
        invoice["is_viewed_by_client"] = self.chance.random() < 0.3
        return invoice

    def pay(
        self,
        customer: Record,
        invoices: list[Record],
        *,
        days_ago: int,
        part: Decimal = Decimal(1),
        extra: Decimal = Decimal(0),
    ) -> Record:
        """One payment for these invoices: each in full or in part, and possibly more, which stays unused."""
        precision, at = self.organisation.precision(customer["currency_code"]), self.moment(days_ago)
        applied = [
            (invoice["invoice_id"], rounded(exact(invoice["total"]) * part, precision))
            for invoice in invoices
        ]
        for invoice in invoices:
            invoice["modified"] = max(invoice["modified"], at)
        return enter_payment(
            self.centre,
            self.organisation,
            customer_id=customer["contact_id"],
            amount=sum((amount for _, amount in applied), extra),
            mode=self.chance.choice(("banktransfer", "banktransfer", "check", "creditcard", "cash")),
            date=self.day(max(1, days_ago)),
            reference=f"TR-{self.chance.randrange(10_000, 99_999)}",
            description="",
            applied=applied,
            at=at,
        )

    def credit_note(self, customer: Record, status: str, *, days_ago: int) -> Record:
        """A credit note that is draft, open, closed or void."""
        at = self.moment(days_ago)
        note: Record = {
            "creditnote_id": self.centre.new_id(),
            "creditnote_number": self.organisation.next_number("credit_note", "CN-"),
            "status": status,
            "date": self.day(days_ago),
            **common_fields(
                self.organisation,
                customer["contact_id"],
                lines=self.lines(customer, 1),
                reference="",
                notes="",
                terms="",
                at=at,
            ),
        }
        work_out(note, self.organisation.precision(customer["currency_code"]))
        note["balance"] = note["total"] if status in ("draft", "open") else 0
        self.organisation.credit_notes[note["creditnote_id"]] = note
        return note

    def recurring_invoice(self, customer: Record, name: str, status: str, *, days_ago: int) -> Record:
        """A monthly profile that is active, stopped or expired."""
        at, ended = self.moment(days_ago), status != "active"
        profile: Record = {
            "recurring_invoice_id": self.centre.new_id(),
            "recurrence_name": name,
            "status": status,
            "start_date": self.day(days_ago),
            "end_date": self.day(20) if ended else "",
            "last_sent_date": self.day(25 if ended else 12),
            "next_invoice_date": "" if ended else self.day(-18),
            **common_fields(
                self.organisation,
                customer["contact_id"],
                lines=self.lines(customer, 1),
                reference="",
                notes="",
                terms=self._terms,
                at=at,
            ),
        }
        work_out(profile, self.organisation.precision(customer["currency_code"]))
        self._hand_over(customer, profile)
        self.organisation.recurring_invoices[profile["recurring_invoice_id"]] = profile
        return profile

    def _hand_over(self, customer: Record, profile: Record) -> None:
        """The customer's latest invoices become those made by the profile."""
        theirs = [
            invoice
            for invoice in self.organisation.invoices.values()
            if invoice["customer_id"] == customer["contact_id"]
            and invoice["status"] != "draft"
            and invoice["date"] >= profile["start_date"]
        ]
        for invoice in theirs[-3:]:
            invoice["recurring_invoice_id"] = profile["recurring_invoice_id"]

    def _reference(self) -> str:
        return f"PO-{self.chance.randrange(1000, 9999)}" if self.chance.random() < 0.35 else ""
