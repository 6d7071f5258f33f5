"""Form fields for reporting a payment made elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, validate

from cache.records.orders.reported_payment import MODES
from config.stored_messages import N_
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field

MAX_REFERENCE_LENGTH = 100
AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,3})?")


class TypedAmount(fields.Field[Decimal]):
    """An exact amount as people type it: "1,250.00" or "1250". A comma before the last
    two digits is ambiguous and rejected.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Decimal:
        text = str(value).strip().replace(" ", "").replace("\u00a0", "")
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
            text = text.replace(",", "")
        if not AMOUNT.fullmatch(text):
            raise ValidationError(N_("Please give the amount in digits, for example 1250.00."))
        amount = Decimal(text)
        if amount <= 0:
            raise ValidationError(N_("Please give an amount above zero."))
        return amount


class PaymentReportForm(FormSchema):
    """form_key: unguessable, one per page; makes repeated submissions idempotent."""

    amount = TypedAmount(required=True)
    date = fields.Date(
        required=True, error_messages={"invalid": N_("Please give the day, for example 2026-11-23.")}
    )
    mode = fields.String(
        required=True, validate=validate.OneOf(tuple(MODES), error=N_("Please choose how you paid."))
    )
    reference = TextField(max_length=MAX_REFERENCE_LENGTH, load_default="")
    form_key = form_key_field()
