"""Form fields of the payment pages."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.posted_form import FormSchema, form_key_field


class PayForm(FormSchema):
    """seen: invoice_review.invoice_fingerprint of the invoice shown. batch_id: the
    payment batch, "" for a single invoice.
    """

    seen = fields.String(required=True, validate=validate.Length(max=200))
    batch_id = fields.String(load_default="", validate=validate.Regexp(r"\A(P-[0-9A-Z]{4}-[0-9A-Z]{4})?\Z"))
    form_key = form_key_field()


class OpenPaymentForm(FormSchema):
    """Resume or cancel an open payment; no fields."""
