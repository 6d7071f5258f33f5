"""Effects of elapsed time, applied before each request: bank debits, and subscriptions day by day."""

from __future__ import annotations

from sandbox.billing.subscription_days import apply_elapsed_days
from sandbox.online_payments import NO_SUCH_MONEY, PaymentProcessor
from sandbox.world import DataCentre, Organisation, World


def apply_elapsed_time(world: World) -> None:
    """Bring everything up to the clock's current time."""
    for centre in world.data_centres.values():
        for organisation in centre.organisations.values():
            if organisation.bank_debits:
                _let_banks_answer(world, centre, organisation)
            if organisation.late_bookings:
                _let_bookings_come(world, centre, organisation)
            if organisation.has_billing:
                apply_elapsed_days(world, centre, organisation)


def _let_banks_answer(world: World, centre: DataCentre, organisation: Organisation) -> None:
    now = world.clock.seconds()
    for debit in [debit for debit in organisation.bank_debits.values() if 0 < debit["settles"] <= now]:
        processor, invoice = (
            PaymentProcessor(world, centre, organisation, synced=debit["synced"]),
            organisation.invoices.get(debit["invoice_id"]),
        )
        if invoice is None:
            del organisation.bank_debits[debit["invoice_id"]]
        elif debit["last_four_digits"] == NO_SUCH_MONEY:
            processor.fail_debit(invoice)
        else:
            processor.settle_debit(invoice)


def _let_bookings_come(world: World, centre: DataCentre, organisation: Organisation) -> None:
    now = world.clock.seconds()
    for booking in [booking for booking in organisation.late_bookings.values() if booking["settles"] <= now]:
        processor, invoice = (
            PaymentProcessor(world, centre, organisation, synced=booking["synced"]),
            organisation.invoices.get(booking["invoice_id"]),
        )
        if invoice is None:
            del organisation.late_bookings[booking["booking_id"]]
        else:
            processor.book_late(invoice, booking["booking_id"])
