"""Form fields for using a credit: its source and the amount shown."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.posted_form import FormSchema, form_key_field


class CreditUseForm(FormSchema):
    """source: credit_note or payment. amount: as shown; if it has changed, the client must confirm again."""

    source = fields.String(required=True, validate=validate.OneOf(("credit_note", "payment")))
    credit_id = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{1,25}\Z"))
    amount = fields.Decimal(required=True, allow_nan=False)
    form_key = form_key_field()
