"""The past of subscriptions: terms, invoices, charges, and their events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sandbox.amounts import exact
from sandbox.billing.billing_terms import charge_card, invoice_term
from sandbox.billing.calendar_terms import term_after
from sandbox.billing.events import enter_event
from sandbox.billing.invoice_records import billing_invoice_row
from sandbox.billing.subscription_records import subscription_row
from sandbox.payment_booking import enter_payment
from sandbox.seed.documents import DocumentMaker
from sandbox.seed.plans import ADDONS, price_for
from sandbox.world import Record

NOON = 12 * 3600
REMEMBERED = 150
"""How many days back the seed has events."""
PAYS_AFTER = 12
"""Days after which an offline customer pays by transfer."""
OPEN_AT_THE_END = ("dunning", "unpaid", "cancelled_from_dunning")
ENDED = ("cancelled", "cancelled_from_dunning", "expired", "trial_expired", "creation_failed")


class Past:
    """Makes subscriptions with their past; events are recorded at the end, in order of time."""

    def __init__(self, make: DocumentMaker) -> None:
        self._make, self._org, self._centre = make, make.organisation, make.centre
        self._events: list[tuple[int, str, str, Record]] = []

    def subscribe(
        self,
        customer: Record,
        plan_code: str,
        status: str,
        *,
        terms: int,
        card: Record | None,
        addons: tuple[str, ...],
        quantity: int,
    ) -> Record:
        """One subscription with a number of started terms; without a card it is offline."""
        made = self._blank(customer, plan_code, status, card, addons, quantity)
        starts = self._starts(made, status, terms)
        made.update(self._dates(made, status, starts))
        made["created"] = made["modified"] = self._at(made["created_at"])
        self._org.subscriptions[made["subscription_id"]] = made
        self._happened(made["created_at"], "subscription_created", "subscription", made)
        for number, day in enumerate(starts):
            self._bill(made, card, day, first=number == 0, last=number == len(starts) - 1)
        if status in ("cancelled", "cancelled_from_dunning"):
            self._happened(made["cancelled_at"], "subscription_cancelled", "subscription", made)
        if status == "expired":
            self._happened(made["expires_at"], "subscription_expired", "subscription", made)
        return made

    def record_past_events(self) -> None:
        """Add the events of all subscriptions to the feed, oldest first."""
        today = self._make.day(0)
        for at, event_type, kind, record in sorted(self._events, key=lambda one: one[0]):
            row = (
                subscription_row(self._org, record)
                if kind == "subscription"
                else billing_invoice_row(self._org, record, today)
            )
            enter_event(self._centre, self._org, event_type, {kind: row}, at=at)

    def _blank(
        self,
        customer: Record,
        plan_code: str,
        status: str,
        card: Record | None,
        addons: tuple[str, ...],
        quantity: int,
    ) -> Record:
        plan = self._org.plans[plan_code]
        return {
            "subscription_id": self._centre.new_id(),
            "status": status,
            "customer_id": customer["contact_id"],
            "currency_code": customer["currency_code"],
            "product_id": plan["product_id"],
            "product_name": plan["product_name"],
            "plan": {
                "code": plan_code,
                "name": plan["name"],
                "quantity": quantity,
                "price": price_for(self._make, customer, plan["recurring_price"]),
            },
            "addons": [
                {"code": code, "name": name, "quantity": 1, "price": price_for(self._make, customer, dollars)}
                for code, name, dollars in ADDONS
                if code in addons
            ],
            "interval": plan["interval"],
            "interval_unit": plan["interval_unit"],
            "trial_days": plan["trial_period"] if status in ("trial", "trial_expired") else 0,
            "auto_collect": card is not None,
            "card_id": card["card_id"] if card else "",
            "reference_id": f"SUB-{len(self._org.subscriptions) + 1:03d}",
            "cycles": plan["billing_cycles"],
            "invoice_ids": [],
        }

    def _starts(self, made: Record, status: str, terms: int) -> list[str]:
        """The first days of its terms; for an ended one the last term is over."""
        ago = self._make.chance.randrange(4, 26)
        newest = self._make.day(ago if status not in ENDED else ago + 30)
        return [
            term_after(newest, made["interval"], made["interval_unit"], -back)
            for back in reversed(range(terms))
        ]

    def _dates(self, made: Record, status: str, starts: list[str]) -> Record:
        day = self._make.day
        dates = dict.fromkeys(
            ("activated_at", "last_billing_at", "next_billing_at", "expires_at", "cancelled_at"), ""
        )
        if status in ("trial", "trial_expired", "future", "creation_failed"):
            begun, length = (5, made["trial_days"]) if status == "trial" else (50, made["trial_days"])
            begun = {"future": 3, "creation_failed": 8}.get(status, begun)
            ends = day(begun - length) if length else ""
            start = day(-12) if status == "future" else ends
            soon = start if status in ("trial", "future") else ""
            return dates | {
                "created_at": day(begun),
                "activated_at": start if status == "future" else "",
                "current_term_starts_at": day(begun) if length else "",
                "current_term_ends_at": ends,
                "next_billing_at": soon,
            }
        ends = term_after(starts[-1], made["interval"], made["interval_unit"])
        dates |= {
            "created_at": starts[0],
            "activated_at": starts[0],
            "current_term_starts_at": starts[-1],
            "current_term_ends_at": ends,
        }
        if made["cycles"] > 0:
            dates["expires_at"] = term_after(
                starts[0], made["interval"], made["interval_unit"], made["cycles"]
            )
        if status in ("live", "dunning", "unpaid"):
            dates["next_billing_at"] = ends
        if status in ("cancelled", "cancelled_from_dunning"):
            dates["cancelled_at"] = day(self._make.chance.randrange(2, 28))
        return dates

    def _bill(self, made: Record, card: Record | None, day: str, *, first: bool, last: bool) -> None:
        at = self._at(day)
        invoice = invoice_term(self._centre, self._org, made, day, at)
        self._happened(
            day, "subscription_activation" if first else "subscription_renewed", "subscription", made
        )
        self._happened(day, "invoice_created", "invoice", invoice)
        if last and made["status"] in OPEN_AT_THE_END:
            self._happened(day, "payment_declined", "invoice", invoice)
        elif card is not None:
            method = card | {"expiry_year": card["expiry_year"] + 10}
            charge_card(self._centre, self._org, invoice, method, day, at)
            self._happened(day, "payment_thankyou", "invoice", invoice)
        elif not last:
            self._transfer(invoice, day)
        made["modified"] = max(made["modified"], at)

    def _transfer(self, invoice: Record, day: str) -> None:
        paid_on = (datetime.fromisoformat(day) + timedelta(days=PAYS_AFTER)).date().isoformat()
        total = exact(invoice["total"])
        enter_payment(
            self._centre,
            self._org,
            customer_id=invoice["customer_id"],
            amount=total,
            mode="banktransfer",
            date=paid_on,
            reference=invoice["invoice_number"],
            description="",
            applied=[(invoice["invoice_id"], total)],
            at=self._at(paid_on),
        )
        invoice["modified"] = self._at(paid_on)
        self._happened(paid_on, "payment_thankyou", "invoice", invoice)

    def _at(self, day: str) -> int:
        return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + NOON

    def _happened(self, day: str, event_type: str, kind: str, record: Record) -> None:
        if day >= self._make.day(REMEMBERED):
            self._events.append((self._at(day), event_type, kind, record))
