"""What the pages for paying may send."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.posted_form import FormSchema, form_key_field


class PayForm(FormSchema):
    """seen: what the page showed of the invoice (invoice_review.invoice_fingerprint). batch_id: of several
    that are paid in a row, "" for one alone.
    """

    seen = fields.String(required=True, validate=validate.Length(max=200))
    batch_id = fields.String(load_default="", validate=validate.Regexp(r"\A(P-[0-9A-Z]{4}-[0-9A-Z]{4})?\Z"))
    form_key = form_key_field()


class OpenPaymentForm(FormSchema):
    """Going on with, or cancelling, a payment that is open: nothing but the press."""
