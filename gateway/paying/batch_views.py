"""Pay several invoices, or all that are due. Zoho has no page for several, so they are paid one by one and
the progress is stored (zoho.md 7.1).
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.orders.order import OrderKind
from cache.records.orders.payment_batches import BatchPart
from connectors.zoho.document_kinds import INVOICES
from connectors.zoho.documents.invoice import OPEN_STATUSES, Invoice
from gateway.paying.batch_progress import batch_progress, next_step
from gateway.paying.payment_status import payment_status_of
from gateway.reading.currency_sums import sums
from gateway.reading.list_reader import all_open_rows, freshness
from gateway.web.access import ClientVisit, client_only
from gateway.web.services import services

bp = Blueprint("payment_batch", __name__)

MAX_INVOICES = 50
"""Invoices in one row."""


@bp.get("/pay-several")
@client_only
def choose(visit: ClientVisit) -> ResponseReturnValue:
    """Review the selection with totals per currency. id, repeated: selected invoices;
    none selects all that can be paid.
    """
    visit.require(OrderKind.PAY_INVOICE)
    payable, asked = _payable(visit), request.args.getlist("id")
    chosen = [item for item in payable if item.id in asked] if asked else payable
    row = chosen[:MAX_INVOICES]
    return render_template(
        "paying/batch_choice.html",
        invoices=row,
        sums=sums((item.currency, item.balance) for item in row),
        as_of=freshness(visit, INVOICES.name, None),
        skipped_count=len(set(asked)) - len(chosen) if asked else 0,
        more=len(chosen) - len(row),
        max_invoices=MAX_INVOICES,
    )


@bp.post("/pay-several")
@client_only
def start(visit: ClientVisit) -> ResponseReturnValue:
    """Start a batch. invoice_id, repeated; invoices that can no longer be paid are skipped. Starting twice is
    safe: each invoice is paid once.
    """
    visit.require(OrderKind.PAY_INVOICE)
    asked = request.form.getlist("invoice_id")
    if not 0 < len(asked) <= MAX_INVOICES or set(request.form) - {"invoice_id", "csrf_token"}:
        abort(400)
    chosen = [item for item in _payable(visit) if item.id in asked]
    if not chosen:
        return redirect(url_for("invoices.listing", type="unpaid"), code=303)
    begun = services().payment_batches.begin(visit.scope, visit.account.id, [_part(item) for item in chosen])
    return redirect(url_for("payment_batch.show", batch_id=begun.id), code=303)


@bp.get("/pay-several/<batch_id:batch_id>")
@client_only
def show(visit: ClientVisit, batch_id: str) -> ResponseReturnValue:
    """Progress of a batch: paid, in progress, next, with totals per currency before and now."""
    visit.require(OrderKind.PAY_INVOICE)
    batch = services().payment_batches.get(visit.scope, batch_id) or abort(404)
    shares = batch_progress(visit, batch)
    is_under_way = any(step.payment_status.is_being_paid for share in shares for step in share.steps)
    return render_template(
        "paying/batch.html",
        batch=batch,
        shares=shares,
        next_step=next_step(shares),
        is_under_way=is_under_way,
        as_of=freshness(visit, INVOICES.name, None),
    )


def _payable(visit: ClientVisit) -> list[Invoice]:
    """Invoices that can be paid now, earliest due date first."""
    return [
        row
        for row in all_open_rows(visit, INVOICES, OPEN_STATUSES, by="due_date")
        if payment_status_of(visit, row).may_pay
    ]


def _part(invoice: Invoice) -> BatchPart:
    return BatchPart(invoice.id, invoice.number, invoice.currency, invoice.balance)
