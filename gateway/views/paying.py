"""Pay Now: a last look, the way to Zoho's page, going on with a payment that is open, and coming back, which
proves nothing (FACTS 7.2).
"""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.holding_back import HeldBack
from cache.records.order import Order, OrderKind, OrderState
from connectors.zoho.documents.invoice import Invoice
from gateway.access import ClientVisit, client_only
from gateway.forms.paying import GoOnForm, PayForm
from gateway.forms.posted_form import read_form
from gateway.orders.open_orders import own_order
from gateway.paying.available_credit import available_credit
from gateway.paying.handing_over import go_on, hand_over, hurry, set_aside
from gateway.paying.last_look import Change, changes_between, look_last, seen_mark
from gateway.paying.pay_routes import PayRoute, routes_of
from gateway.paying.pay_standing import pay_standing
from gateway.paying.way_to_zoho import WayToZoho
from gateway.reading.document_kinds import INVOICES
from gateway.reading.document_reading import DocumentIsCold, Reading, read_document
from gateway.wiring import wired

bp = Blueprint("paying", __name__)


@bp.get("/invoices/<zoho_id:invoice_id>/pay")
@client_only
def look(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """What is to pay, read anew, and what changed since it was known last."""
    visit.require(OrderKind.PAY_INVOICE)
    known = read_document(visit, INVOICES, invoice_id)
    fresh = look_last(visit, known)
    return _page(visit, fresh, changes_between(known.document, fresh.document), round_id=_round_asked_for())


@bp.post("/invoices/<zoho_id:invoice_id>/pay")
@client_only
def start(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """The page with the way to Zoho; or what changed; or the payment that is open already."""
    visit.require(OrderKind.PAY_INVOICE)
    known = read_document(visit, INVOICES, invoice_id)
    posted = read_form(PayForm(), request.form)
    if posted.errors:
        abort(400)
    round_id = posted.values["round_id"]
    fresh = look_last(visit, known)
    standing = pay_standing(visit, fresh.document)
    if standing.is_held or standing.reported or standing.credit_use or not fresh.document.can_be_paid():
        return make_response(_page(visit, fresh, [], round_id=round_id), 409)
    if fresh.is_old:
        raise DocumentIsCold("invoice")
    if seen_mark(fresh.document) != posted.values["seen"]:
        return make_response(
            _page(
                visit,
                fresh,
                changes_between(known.document, fresh.document),
                round_id=round_id,
                is_other=True,
            ),
            409,
        )
    if standing.being_paid is not None:
        return _went_on(visit, standing.being_paid, fresh.document)
    try:
        handed = hand_over(visit, fresh.document, form_key=posted.values["form_key"], round_id=round_id)
    except HeldBack:
        # Somebody used credit since this began; the page says so.
        return redirect(url_for("paying.look", invoice_id=invoice_id, round=round_id or None), code=303)
    if handed is None:
        return make_response(_page(visit, fresh, [], round_id=round_id, has_no_page=True), 409)
    if handed.way is None:
        return redirect(url_for("paying.look", invoice_id=invoice_id, round=round_id or None), code=303)
    return _hand_over_page(fresh.document, handed.order, handed.way)


@bp.post("/invoices/<zoho_id:invoice_id>/pay/continue")
@client_only
def carry_on(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """To the page that is open already, whoever opened it. If it has ended, its receipt says how."""
    order, invoice = _open_payment(visit, invoice_id)
    return redirect(_look_again(invoice_id), code=303) if order is None else _went_on(visit, order, invoice)


@bp.post("/invoices/<zoho_id:invoice_id>/pay/cancel")
@client_only
def cancel(visit: ClientVisit, invoice_id: str) -> ResponseReturnValue:
    """Let the open payment rest: the invoice may be paid, or reported as paid, in another way."""
    order, _ = _open_payment(visit, invoice_id)
    if order is not None:
        set_aside(visit, order)
    return redirect(_look_again(invoice_id), code=303)


@bp.get("/requests/<order_id:order_id>/back")
@client_only
def back(visit: ClientVisit, order_id: str) -> ResponseReturnValue:
    """Where Zoho's page leads back to. Whatever the address says besides is not looked at: Zoho is asked, and
    the receipt tells.
    """
    order = own_order(visit, order_id) or abort(404)
    if order.state is OrderState.HANDED_OVER:
        hurry(order)
    return redirect(url_for("requests.one", order_id=order.id), code=303)


def _went_on(visit: ClientVisit, order: Order, invoice: Invoice) -> ResponseReturnValue:
    try:
        way = go_on(visit, order, invoice)
    except HeldBack:
        return redirect(_look_again(invoice.id), code=303)
    if way is None:
        return redirect(url_for("requests.one", order_id=order.id), code=303)
    return _hand_over_page(invoice, order, way)


def _open_payment(visit: ClientVisit, invoice_id: str) -> tuple[Order | None, Invoice]:
    visit.require(OrderKind.PAY_INVOICE)
    invoice = read_document(visit, INVOICES, invoice_id).document
    if read_form(GoOnForm(), request.form).errors:
        abort(400)
    return pay_standing(visit, invoice).being_paid, invoice


def _hand_over_page(invoice: Invoice, order: Order, way: WayToZoho) -> ResponseReturnValue:
    return render_template("pages/paying/hand_over.html", invoice=invoice, order=order, way=way)


def _page(
    visit: ClientVisit,
    fresh: Reading[Invoice],
    changes: list[Change],
    *,
    round_id: str,
    is_other: bool = False,
    has_no_page: bool = False,
) -> str:
    invoice = fresh.document
    routes = routes_of(invoice, visit.settings, visit.connection, wired().refused_scopes.of(visit.scope.org))
    return render_template(
        "pages/paying/look.html",
        reading=fresh,
        invoice=invoice,
        changes=changes,
        is_other=is_other,
        round_id=round_id,
        has_no_page=has_no_page,
        standing=pay_standing(visit, invoice),
        route=routes[0] if routes else None,
        by_bank=PayRoute.BANK in routes,
        credits=available_credit(visit, invoice) if visit.allows(OrderKind.APPLY_CREDIT) else [],
        seen=seen_mark(invoice),
        form_key=secrets.token_urlsafe(18),
    )


def _round_asked_for() -> str:
    """The number of a row of payments in the address, if it looks like one."""
    posted = PayForm(only=("round_id",)).validate({"round_id": request.args.get("round", "")})
    return "" if posted else request.args.get("round", "")


def _look_again(invoice_id: str) -> str:
    return url_for("paying.look", invoice_id=invoice_id)
