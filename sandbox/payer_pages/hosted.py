"""Billing's hosted pages in a browser (zoho.md 4.11, 7)."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sandbox.billing.dunning import subscription_of_invoice
from sandbox.billing.hosted_page_lifetime import ENDED, PAY_INVOICE, UPDATE_CARD, is_over, set_status
from sandbox.billing.stored_methods import keep_card, replace_card_of, replace_stored
from sandbox.online_payments import NO_SUCH_MONEY, PaymentProcessor
from sandbox.payer_pages.blueprint import payer_pages
from sandbox.payer_pages.paying import DECLINED, Outcome, pay, shown_for_paying, stored_methods
from sandbox.payer_pages.typed_method import (
    ACCOUNT_HINT,
    CARD_HINT,
    DECLINED_HINT,
    Mistyped,
    gateway_of,
    read_account,
    read_card,
)
from sandbox.runtime import place
from sandbox.world import Organisation, Record


@payer_pages.route("/hostedpage/2-<hostedpage_id>", methods=["GET", "POST"])
def hosted_page(hostedpage_id: str) -> ResponseReturnValue:
    """Opening it makes it `read`. Success and cancelling redirect to the return URL, a failure allows another
    try.
    """
    organisation, page, world = *_page_or_404(hostedpage_id), place().world
    if page["status"] in ENDED:
        return render_template("payer/done.html", payee=organisation, page=page), 200
    if is_over(world, page):
        return render_template("payer/expired.html", payee=organisation), 410
    if request.method == "GET":
        if page["status"] == "fresh":
            set_status(world, page, "read")
        return _form(organisation, page)
    if request.form.get("action") == "cancel":
        set_status(world, page, "cancelled")
        return _leave(organisation, page)
    outcome = _pay(organisation, page) if page["action"] == PAY_INVOICE else _replace(organisation, page)
    if outcome.status:
        set_status(world, page, outcome.status)
    if outcome.status == "success":
        return _leave(organisation, page)
    return _form(organisation, page, outcome.problem), 402 if outcome.status else 400


def _page_or_404(hostedpage_id: str) -> tuple[Organisation, Record]:
    for organisation in place().centre.organisations.values():
        if hostedpage_id in organisation.hosted_pages:
            return organisation, organisation.hosted_pages[hostedpage_id]
    raise NotFound


def _leave(organisation: Organisation, page: Record) -> ResponseReturnValue:
    """Redirect to the return URL with undocumented parameters (zoho.md 7.2), or else show the result."""
    address = page["redirect_url"]
    if not address:
        return render_template("payer/done.html", payee=organisation, page=page), 200
    return redirect(
        f"{address}{'&' if '?' in address else '?'}{urlencode({'hostedpage_id': page['hostedpage_id']})}", 303
    )


def _pay(organisation: Organisation, page: Record) -> Outcome:
    here, invoice = place(), _invoice_or_404(organisation, page)
    processor = PaymentProcessor(here.world, here.centre, organisation, synced=True)
    stored = stored_methods(organisation, invoice["customer_id"])
    outcome = pay(processor, organisation, invoice, request.form, here.world.today(organisation), stored)
    subscribed = subscription_of_invoice(organisation, invoice["invoice_id"])
    if outcome.status == "success" and outcome.method and subscribed and request.form.get("keep") == "yes":
        keep_card(here.world, here.centre, organisation, invoice["customer_id"], outcome.method)
    return outcome


def _replace(organisation: Organisation, page: Record) -> Outcome:
    here, gateway = place(), gateway_of(organisation)
    try:
        if page["account_id"]:
            replace_stored(
                here.world,
                organisation.bank_accounts[page["account_id"]],
                read_account(request.form, gateway),
            )
            return Outcome("success")
        typed = read_card(request.form, here.world.today(organisation), gateway)
    except Mistyped as mistyped:
        return Outcome("", str(mistyped))
    if typed["last_four_digits"] == NO_SUCH_MONEY:
        return Outcome("failed", DECLINED)
    if page["action"] == UPDATE_CARD:
        replace_card_of(
            here.world, here.centre, organisation, organisation.subscriptions[page["subscription_id"]], typed
        )
    else:
        replace_stored(here.world, organisation.cards[page["card_id"]], typed)
    return Outcome("success")


def _form(organisation: Organisation, page: Record, problem: str = "") -> str:
    if page["action"] == PAY_INVOICE:
        return _payment_form(organisation, page, problem)
    old = organisation.cards.get(page["card_id"]) or organisation.bank_accounts.get(page["account_id"])
    if page["action"] == UPDATE_CARD:
        old = organisation.cards.get(organisation.subscriptions[page["subscription_id"]]["card_id"])
    if old is None:
        raise NotFound
    return render_template(
        "payer/method.html",
        payee=organisation,
        page=page,
        old=old,
        typed=request.form,
        problem=problem,
        hints={"card": CARD_HINT, "declined": DECLINED_HINT, "account": ACCOUNT_HINT},
    )


def _payment_form(organisation: Organisation, page: Record, problem: str) -> str:
    here, invoice = place(), _invoice_or_404(organisation, page)
    shown = shown_for_paying(
        organisation, invoice, stored_methods(organisation, invoice["customer_id"]), request.form
    )
    refusal_reason = PaymentProcessor(here.world, here.centre, organisation, synced=True).refusal_reason(
        invoice
    )
    may_keep = subscription_of_invoice(organisation, invoice["invoice_id"]) is not None
    return render_template(
        "payer/payment.html",
        **shown,
        page=page,
        refusal_reason=refusal_reason,
        problem=problem,
        may_keep=may_keep,
    )


def _invoice_or_404(organisation: Organisation, page: Record) -> Record:
    invoice = organisation.invoices.get(page["invoice_id"])
    if invoice is None:
        raise NotFound
    return invoice
