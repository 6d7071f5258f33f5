"""What an edit of the company's details may send: each field as it was shown, and as it is wanted."""

from __future__ import annotations

from marshmallow import fields, validate

from cache.records.orders.details_edit import ADDRESS_PARTS, ADDRESSES, COMPANY_FIELDS
from connectors.zoho.books.contact_edits import ADDRESS_FIELDS, MAX_NAME_LENGTH
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field

MAX_LENGTHS = {
    "company_name": MAX_NAME_LENGTH,
    **{
        f"{which}_{part}": ADDRESS_FIELDS["address" if part == "street" else part]
        for which in ADDRESSES
        for part in ADDRESS_PARTS
    },
}
"""Zoho's own limits. It calls the street `address`."""

CompanyEditForm = FormSchema.from_dict(
    {
        **{name: TextField(max_length=MAX_LENGTHS[name], load_default="") for name in COMPANY_FIELDS},
        **{
            f"seen_{name}": fields.String(load_default="", validate=validate.Length(max=600))
            for name in COMPANY_FIELDS
        },
        "form_key": form_key_field(),
    },
    name="CompanyEditForm",
)
"""seen_…: what stood there when the client began to type, so that somebody else's change is not
overwritten.
"""
