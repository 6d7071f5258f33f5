"""An invoice's own page in Books, behind its `invoice_url`: view and pay, without a return URL
(zoho.md 7.1).
"""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from sandbox.books.invoice_records import page_key
from sandbox.online_payments import PaymentProcessor
from sandbox.payer_pages.blueprint import payer_pages
from sandbox.payer_pages.paying import pay, shown_for_paying
from sandbox.runtime import place
from sandbox.world import Organisation, Record


@payer_pages.route("/portal/<portal_name>/secure", methods=["GET", "POST"])
def secure_invoice_page(portal_name: str) -> ResponseReturnValue:
    """Opening it marks the invoice as viewed, which counts as a change. Paying stays on the page."""
    organisation, invoice = _invoice_or_404(portal_name, request.args.get("CInvoiceID", ""))
    here, problem, done = place(), "", ""
    processor = PaymentProcessor(here.world, here.centre, organisation, synced=False)
    if not invoice["is_viewed_by_client"]:
        invoice["is_viewed_by_client"] = True
        here.world.modify(invoice)
    if request.method == "POST":
        outcome = pay(processor, organisation, invoice, request.form, here.world.today(organisation), [])
        problem, done = outcome.problem, outcome.status
    shown = shown_for_paying(organisation, invoice, [], request.form)
    answer = render_template(
        "payer/payment.html",
        **shown,
        page=None,
        refusal_reason=processor.refusal_reason(invoice),
        problem=problem,
        may_keep=False,
    )
    return answer, {"failed": 402, "": 400 if problem else 200}.get(done, 200)


def _invoice_or_404(portal_name: str, key: str) -> tuple[Organisation, Record]:
    """The invoice with exactly this key; drafts and void ones have no page."""
    for organisation in place().centre.organisations.values():
        if organisation.details["portal_name"] == portal_name:
            invoice = organisation.invoices.get(key.removeprefix("2-").partition("-")[0])
            if (
                invoice is not None
                and key == page_key(invoice)
                and invoice["status"] not in ("draft", "void")
            ):
                return organisation, invoice
    raise NotFound
