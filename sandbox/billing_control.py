"""The control API for Billing: bank results, and a merchant's changes to a subscription."""

from __future__ import annotations

from flask import Response, jsonify, request

from sandbox.billing.event_payloads import about_subscription
from sandbox.billing.events import record_event
from sandbox.control import control
from sandbox.online_payments import PaymentProcessor
from sandbox.refusals import Refused, not_found
from sandbox.runtime import place
from sandbox.world import DataCentre, Organisation, Record

OUTCOMES = ("settle", "fail")
EVENTS = {
    "cancelled": "subscription_cancelled",
    "non_renewing": "subscription_cancellation_scheduled",
    "live": "subscription_reactivated",
}


@control.post("/bank_debits")
def answer_bank_debit() -> Response:
    """{"organization_id": …, "invoice_id": …, "outcome": "settle" | "fail"}: the bank's answer, now."""
    body, here = request.get_json(), place()
    centre, organisation = _organisation(body)
    invoice = organisation.invoices.get(str(body.get("invoice_id", "")))
    if invoice is None or not invoice["ach_payment_initiated"]:
        raise not_found()
    if body.get("outcome") not in OUTCOMES:
        raise Refused(4, f"outcome = {' | '.join(OUTCOMES)}")
    synced = organisation.bank_debits.get(invoice["invoice_id"], {}).get("synced", False)
    processor = PaymentProcessor(here.world, centre, organisation, synced=synced)
    (processor.settle_debit if body["outcome"] == "settle" else processor.fail_debit)(invoice)
    return jsonify({"invoice_id": invoice["invoice_id"], "outcome": body["outcome"]})


@control.post("/hosted_pages")
def end_hosted_page() -> Response:
    """{"organization_id": …, "hostedpage_id": …, "seconds_ago": 0}: expire this page only."""
    body, here = request.get_json(), place()
    _, organisation = _organisation(body)
    page = organisation.hosted_pages.get(str(body.get("hostedpage_id", "")))
    if page is None:
        raise not_found()
    page["expires"] = here.world.clock.seconds() - int(body.get("seconds_ago", 0))
    here.world.touch()
    return jsonify({"hostedpage_id": page["hostedpage_id"], "expires": page["expires"]})


@control.post("/subscriptions")
def change_subscription() -> Response:
    """{"organization_id": …, "subscription_id": …, "status": …}: any status, also undocumented ones."""
    body, here = request.get_json(), place()
    _, organisation = _organisation(body)
    found, status = (
        organisation.subscriptions.get(str(body.get("subscription_id", ""))),
        str(body.get("status", "")),
    )
    if found is None:
        raise not_found()
    if not status:
        raise Refused(4, "Give the status that the subscription shall have")
    today = here.world.today(organisation).isoformat()
    found.update(status=status, cancelled_at=today if status.startswith("cancelled") else "")
    if status not in ("live", "future", "trial", "dunning", "unpaid"):
        found["next_billing_at"] = ""
    here.world.stamp(found)
    if status in EVENTS:
        record_event(here.world, organisation, EVENTS[status], about_subscription(organisation, found))
    return jsonify({"subscription_id": found["subscription_id"], "status": status})


def _organisation(body: Record) -> tuple[DataCentre, Organisation]:
    found = place().world.organisation(str(body.get("organization_id", "")))
    if found is None:
        raise not_found()
    return found
