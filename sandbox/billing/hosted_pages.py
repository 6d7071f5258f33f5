"""`/hostedpages`: pages where a person pays or replaces a card, made by a call and opened in a browser
(zoho.md 4.11, 7).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, jsonify, request

from sandbox.billing.blueprint import billing
from sandbox.billing.hosted_page_lifetime import PAY_INVOICE, UPDATE_CARD, UPDATE_METHOD, make_page
from sandbox.billing.hosted_page_records import made_page, read_page
from sandbox.billing.subscriptions import subscription_of
from sandbox.books.caller import Call, body_of, needs
from sandbox.books.envelope import success
from sandbox.books.invoices import invoice_of
from sandbox.online_payments import PaymentProcessor
from sandbox.refusals import Refused, invalid_value, not_found
from sandbox.runtime import place
from sandbox.world import Record

NOT_PAYABLE = 107012
OVER = ("cancelled", "cancelled_from_dunning", "expired", "trial_expired", "creation_failed")
MADE = "Hosted page has been created successfully."


@billing.post("/hostedpages/invoicepayment")
@needs("hostedpages.CREATE")
def make_payment_page(call: Call) -> Response:
    """Takes no amount: the page collects the balance. The code for an invoice that cannot be paid is not
    known.
    """
    body = body_of(request.get_json(silent=True))
    invoice = invoice_of(call, _id_in(body, "invoice_id"))
    refusal_reason = PaymentProcessor(call.world, call.centre, call.organisation, synced=True).refusal_reason(
        invoice
    )
    if refusal_reason:
        raise Refused(NOT_PAYABLE, refusal_reason)
    page = make_page(
        call.world,
        call.organisation,
        PAY_INVOICE,
        redirect_url=_return_address(body),
        invoice_id=invoice["invoice_id"],
    )
    return _made(call, page, 201)


@billing.post("/hostedpages/updatecard")
@needs("hostedpages.CREATE")
def make_card_page(call: Call) -> Response:
    """For the card of one running subscription; a subscription without a card cannot get one here (zoho.md
    7.4). Answers 200.
    """
    body = body_of(request.get_json(silent=True))
    subscription = subscription_of(call, _id_in(body, "subscription_id"))
    if subscription["status"] in OVER or subscription["card_id"] not in call.organisation.cards:
        raise Refused(NOT_PAYABLE, "There is no card that could be updated for this subscription.")
    own_id = subscription["subscription_id"]
    return _made(
        call,
        make_page(
            call.world,
            call.organisation,
            UPDATE_CARD,
            redirect_url=_return_address(body),
            subscription_id=own_id,
        ),
        200,
    )


@billing.post("/hostedpages/updatepaymentmethod")
@needs("hostedpages.CREATE")
def make_method_page(call: Call) -> Response:
    """Exactly one id, although Zoho's specification requires three; no return URL is documented (zoho.md
    4.11, 7.4).
    """
    body = body_of(request.get_json(silent=True))
    given = [name for name in ("card_id", "account_id", "paypal_id") if body.get(name)]
    if len(given) != 1 or given[0] == "paypal_id":
        raise invalid_value(" or ".join(given) or "card_id")
    stored = call.organisation.cards if given[0] == "card_id" else call.organisation.bank_accounts
    key = _id_in(body, given[0])
    if key not in stored:
        raise not_found()
    return _made(call, make_page(call.world, call.organisation, UPDATE_METHOD, **{given[0]: key}), 201)


@billing.get("/hostedpages/<hostedpage_id>")
@needs("hostedpages.READ")
def get_hosted_page(call: Call, hostedpage_id: str) -> Response:
    """Its fields are at the top of the envelope."""
    page = call.organisation.hosted_pages.get(hostedpage_id)
    if page is None:
        raise not_found()
    today = call.world.today(call.organisation).isoformat()
    return jsonify(
        {"code": 0, "message": "success", **read_page(call.organisation, page, today, place().origin)}
    )


def _made(call: Call, page: Record, status: int) -> Response:
    return success(MADE, status, hostedpage=made_page(call.organisation, page, place().origin))


def _id_in(body: Record, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise invalid_value(name)
    return value


def _return_address(body: Record) -> str:
    address = body.get("redirect_url", "")
    if not isinstance(address, str) or (address and urlsplit(address).scheme not in ("http", "https")):
        raise invalid_value("redirect_url")
    return address
