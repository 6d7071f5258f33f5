"""The documents of the documented demo clients: the same kinds for every seed number, five answerable
estimates each.
"""

from __future__ import annotations

from decimal import Decimal

from sandbox import history
from sandbox.amounts import exact, json_number
from sandbox.merchant_files import attach
from sandbox.seed.documents import DocumentMaker
from sandbox.world import Record, World


def fill_demo_client(world: World, make: DocumentMaker, customer: Record, by: Record) -> None:
    """Estimates to answer and in each other status; invoices unpaid, overdue, partly paid, paid, credited,
    void.
    """
    for days_ago, valid_for in ((2, 40), (3, 45), (5, 35), (8, 60), (12, 50)):
        make.estimate(customer, "sent", days_ago=days_ago, valid_for=valid_for)
    make.estimate(customer, "declined", days_ago=10, valid_for=60)
    for status, days_ago in (
        ("draft", 1),
        ("accepted", 60),
        ("declined", 50),
        ("declined", 90),
        ("expired", 80),
        ("invoiced", 120),
    ):
        make.estimate(customer, status, days_ago=days_ago)
    for days_ago in (3, 6, 14):
        viewed = make.invoice(customer, "sent", days_ago=days_ago)
        viewed["is_viewed_by_client"] = days_ago == 14
    for file_name in ("delivery-note.pdf", "site-photo.png"):
        attach(make.centre, viewed, file_name, viewed["created"])
    viewed["allow_partial_payments"] = False
    for days_ago in (45, 70):
        make.invoice(customer, "sent", days_ago=days_ago)
    make.invoice(customer, "draft", days_ago=1)
    make.invoice(customer, "void", days_ago=200)
    partly = make.invoice(customer, "sent", days_ago=20)
    make.pay(customer, [partly], days_ago=4, part=Decimal("0.5"))
    for days_ago in (100, 160, 220, 300):
        make.pay(customer, [make.invoice(customer, "sent", days_ago=days_ago)], days_ago=days_ago - 20)
    together = [make.invoice(customer, "sent", days_ago=days) for days in (400, 410)]
    make.pay(customer, together, days_ago=380, extra=Decimal(25))
    _credited(make, customer)
    make.recurring_invoice(customer, "Monthly care", "active", days_ago=300)
    for estimate in make.organisation.estimates.values():
        if estimate["customer_id"] == customer["contact_id"] and estimate["status"] == "declined":
            entry = history.note(
                world,
                make.centre,
                make.organisation,
                document_id=estimate["estimate_id"],
                transaction_type="estimate",
                by=by,
                description=f"Quote {estimate['estimate_number']} marked as declined",
            )
            entry["at"] = estimate["modified"]


def _credited(make: DocumentMaker, customer: Record) -> None:
    """An invoice settled without any payment: a credit note covers it (zoho.md 9.20)."""
    invoice, note = (
        make.invoice(customer, "sent", days_ago=150),
        make.credit_note(customer, "closed", days_ago=140),
    )
    precision = make.organisation.precision(customer["currency_code"])
    covered = min(exact(invoice["total"]), exact(note["total"]))
    note["balance"] = json_number(exact(note["total"]) - covered, precision)
    note["status"] = "closed" if not note["balance"] else "open"
    invoice["credits_applied"] = json_number(covered, precision)
    invoice["credits"].append(
        {
            "creditnote_id": note["creditnote_id"],
            "creditnotes_invoice_id": make.centre.new_id(),
            "creditnotes_number": note["creditnote_number"],
            "credited_date": make.day(139),
            "amount_applied": invoice["credits_applied"],
        }
    )
    invoice["modified"] = max(invoice["modified"], make.moment(139))
