"""Subscriptions day by day: trials end, terms are billed, cards expire, cancelled ones end (zoho.md 4.12,
5.4).
"""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.billing.billing_terms import charge_card, invoice_term
from sandbox.billing.calendar_terms import last_day_of, term_after
from sandbox.billing.dunning import reactivate_paid
from sandbox.billing.event_payloads import about_card, about_invoice, about_subscription
from sandbox.billing.events import record_event
from sandbox.world import DataCentre, Organisation, Record, World

MOST_STEPS = 24
"""Per subscription and step: a clock moved by decades must not make thousands of invoices."""
WARNED_BEFORE = 15
GIVES_UP_AFTER = 30
"""Days of retrying a declined term before dunning becomes unpaid."""


def apply_elapsed_days(world: World, centre: DataCentre, organisation: Organisation) -> None:
    """Process the days since the last time; does nothing on the same day."""
    today = world.today(organisation).isoformat()
    since, organisation.billed_until = organisation.billed_until, max(today, organisation.billed_until)
    if today <= since:
        return
    world.touch()
    reactivate_paid(world, organisation)
    _warn_of_cards(world, organisation, since or today, today)
    days = Days(world, centre, organisation, today)
    for subscription in list(organisation.subscriptions.values()):
        for _ in range(MOST_STEPS):
            if not days.step(subscription):
                break


class Days:
    """One organisation on one day."""

    def __init__(self, world: World, centre: DataCentre, organisation: Organisation, today: str) -> None:
        self._world, self._centre, self._organisation, self._today = world, centre, organisation, today

    def step(self, one: Record) -> bool:
        """Advance a subscription by one step if one is due; returns whether it was."""
        status = one["status"]
        if status in ("future", "trial") and one["next_billing_at"] and one["next_billing_at"] <= self._today:
            return self._begin(one)
        if status == "live" and one["next_billing_at"] and one["next_billing_at"] <= self._today:
            return self._renew(one)
        if status == "non_renewing" and one["current_term_ends_at"] <= self._today:
            one.update(cancelled_at=one["current_term_ends_at"], next_billing_at="")
            return self._becomes(one, "cancelled", "subscription_cancelled")
        if (
            status == "dunning"
            and (date.fromisoformat(one["last_billing_at"]) + timedelta(days=GIVES_UP_AFTER)).isoformat()
            <= self._today
        ):
            return self._becomes(one, "unpaid", "subscription_unpaid")
        return False

    def _begin(self, one: Record) -> bool:
        """future or trial → live with its first term; a trial without a card to charge ends."""
        if one["auto_collect"] and one["card_id"] not in self._organisation.cards:
            one["next_billing_at"] = ""
            return self._becomes(one, "trial_expired", "subscription_expired")
        one["activated_at"] = one["next_billing_at"]
        self._bill(one, one["next_billing_at"])
        return self._becomes(
            one, one["status"] if one["status"] == "dunning" else "live", "subscription_activation"
        )

    def _renew(self, one: Record) -> bool:
        if one["expires_at"] and one["expires_at"] <= one["next_billing_at"]:
            one["next_billing_at"] = ""
            return self._becomes(one, "expired", "subscription_expired")
        self._bill(one, one["next_billing_at"])
        return self._becomes(one, one["status"], "subscription_renewed")

    def _bill(self, one: Record, day: str) -> None:
        """The next term with its invoice; an online one is charged and goes into dunning if that fails."""
        now = self._world.clock.seconds()
        invoice = invoice_term(self._centre, self._organisation, one, day, now)
        ends = term_after(day, one["interval"], one["interval_unit"])
        one.update(current_term_starts_at=day, current_term_ends_at=ends, next_billing_at=ends)
        self._record_event("invoice_created", about_invoice(self._organisation, invoice, self._today))
        if not one["auto_collect"]:
            return
        card = self._organisation.cards.get(one["card_id"])
        paid = (
            card is not None
            and charge_card(self._centre, self._organisation, invoice, card, day, now) is not None
        )
        self._record_event(
            "payment_thankyou" if paid else "payment_declined",
            about_invoice(self._organisation, invoice, self._today),
        )
        if not paid:
            one["status"] = "dunning"

    def _becomes(self, one: Record, status: str, event_type: str) -> bool:
        one["status"] = status
        self._world.stamp(one)
        self._record_event(event_type, about_subscription(self._organisation, one))
        return True

    def _record_event(self, event_type: str, payload: Record) -> None:
        record_event(self._world, self._organisation, event_type, payload)


def _warn_of_cards(world: World, organisation: Organisation, since: str, today: str) -> None:
    for card in organisation.cards.values():
        last = last_day_of(card["expiry_year"], card["expiry_month"])
        if since < (last - timedelta(days=WARNED_BEFORE)).isoformat() <= today:
            record_event(world, organisation, "card_expiring", about_card(card))
        if since <= last.isoformat() < today:
            record_event(world, organisation, "card_expired", about_card(card))
