"""Pay several invoices, or all that are due: Zoho has no page for many, so one after the other, with the
place kept (FACTS 7.1).
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.order import OrderKind
from cache.records.pay_rounds import RoundPart
from connectors.zoho.documents.invoice import OPEN, Invoice
from gateway.access import ClientVisit, client_only
from gateway.paying.pay_standing import pay_standing
from gateway.paying.round_progress import next_step, progress_of
from gateway.reading.document_kinds import INVOICES
from gateway.reading.home_figures import sums
from gateway.reading.list_reading import all_open_rows, freshness
from gateway.wiring import wired

bp = Blueprint("pay_several", __name__)

MOST = 50
"""Invoices in one row."""


@bp.get("/pay-several")
@client_only
def choose(visit: ClientVisit) -> ResponseReturnValue:
    """id, once for each invoice that was ticked; none of them means all that can be paid. What they come to,
    per currency.
    """
    visit.require(OrderKind.PAY_INVOICE)
    payable, asked = _payable(visit), request.args.getlist("id")
    chosen = [one for one in payable if one.id in asked] if asked else payable
    row = chosen[:MOST]
    return render_template(
        "pages/paying/choose_several.html",
        invoices=row,
        sums=sums((one.currency, one.balance) for one in row),
        said_at=freshness(visit, INVOICES.name, None),
        left_out=len(set(asked)) - len(chosen) if asked else 0,
        more=len(chosen) - len(row),
        most=MOST,
    )


@bp.post("/pay-several")
@client_only
def start(visit: ClientVisit) -> ResponseReturnValue:
    """invoice_id, once for each; what is not to pay any more is left out. Pressed twice it is the same
    invoices, each paid once.
    """
    visit.require(OrderKind.PAY_INVOICE)
    asked = request.form.getlist("invoice_id")
    if not 0 < len(asked) <= MOST or set(request.form) - {"invoice_id", "csrf_token"}:
        abort(400)
    chosen = [one for one in _payable(visit) if one.id in asked]
    if not chosen:
        return redirect(url_for("invoices.listing", type="unpaid"), code=303)
    begun = wired().pay_rounds.begin(visit.scope, visit.account.id, [_part(one) for one in chosen])
    return redirect(url_for("pay_several.show", round_id=begun.id), code=303)


@bp.get("/pay-several/<round_id:round_id>")
@client_only
def show(visit: ClientVisit, round_id: str) -> ResponseReturnValue:
    """What is done, what is under way, what is next; the sums of each currency before and now."""
    visit.require(OrderKind.PAY_INVOICE)
    paying = wired().pay_rounds.get(visit.scope, round_id) or abort(404)
    shares = progress_of(visit, paying)
    is_moving = any(step.standing.is_held for share in shares for step in share.steps)
    return render_template(
        "pages/paying/several.html",
        paying=paying,
        shares=shares,
        next_step=next_step(shares),
        is_moving=is_moving,
        said_at=freshness(visit, INVOICES.name, None),
    )


def _payable(visit: ClientVisit) -> list[Invoice]:
    """What can be paid now, due first."""
    return [
        one for one in all_open_rows(visit, INVOICES, OPEN, by="due_date") if pay_standing(visit, one).may_pay
    ]


def _part(invoice: Invoice) -> RoundPart:
    return RoundPart(invoice.id, invoice.number, invoice.currency, invoice.balance)
