"""The client's home: what needs them first, then how much, then who."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from connectors.zoho.documents.contact import Contact
from connectors.zoho.documents.invoice import OPEN, Invoice
from gateway.access import ClientVisit, client_only
from gateway.document_kinds import CONTACTS, ESTIMATES, INVOICES, PAYMENTS
from gateway.list_reading import all_open_rows, freshness
from gateway.merchant_details import merchant_of
from gateway.open_orders import open_orders
from gateway.template_filters import today
from gateway.wiring import wired

bp = Blueprint("dashboard", __name__)

SHOWN_AT_ONCE = 3
DUE_SOON_DAYS = 7


@bp.get("/")
@client_only
def show(visit: ClientVisit) -> ResponseReturnValue:
    day = today()
    waiting = all_open_rows(visit, ESTIMATES, frozenset({"sent"}), by="date")
    estimates = [one for one in waiting if one.can_be_answered(day)]
    answered = open_orders(visit)
    estimates.sort(key=lambda one: one.id in answered)
    unpaid = [one for one in all_open_rows(visit, INVOICES, OPEN, by="due_date") if one.is_unpaid]
    overdue = [one for one in unpaid if one.is_overdue(day)]
    due_soon = [one for one in unpaid if one not in overdue and one.due_on and (one.due_on - day).days <= DUE_SOON_DAYS]
    row = wired().mirror.one(visit.scope, CONTACTS.name, visit.scope.customer_id)
    return render_template(
        "pages/dashboard.html",
        estimates=estimates,
        overdue=overdue,
        due_soon=due_soon,
        unpaid=unpaid,
        totals=totals(unpaid),
        overdue_totals=totals(overdue),
        open_orders=answered,
        unanswered=sum(one.id not in answered for one in estimates),
        shown=SHOWN_AT_ONCE,
        invoices_freshness=freshness(visit, INVOICES.name, None),
        estimates_freshness=freshness(visit, ESTIMATES.name, None),
        customer=Contact.from_stored(row.body) if row else None,
        customer_said_at=row.said_at if row else None,
        merchant=merchant_of(visit.connection),
        is_cold=not all(wired().mirror.is_complete(visit.scope.org, kind.name) for kind in (ESTIMATES, INVOICES, PAYMENTS)),
        knows_invoices=wired().mirror.is_complete(visit.scope.org, INVOICES.name),
    )


def totals(invoices: list[Invoice]) -> list[tuple[str, Decimal, int]]:
    """(currency, sum of the balances, number of invoices) for each currency, largest sum first. Never a sum across
    currencies.
    """
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    for invoice in invoices:
        sums[invoice.currency] += invoice.balance
        counts[invoice.currency] += 1
    return sorted(((currency, amount, counts[currency]) for currency, amount in sums.items()), key=lambda one: (-one[1], one[0]))
