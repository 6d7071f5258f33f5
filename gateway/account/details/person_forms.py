"""What an edit of a client's own details may send: each field as it was shown, and as it is wanted."""

from __future__ import annotations

from marshmallow import fields, validate

from config.stored_messages import N_
from connectors.zoho.books.contact_edits import PERSON_FIELDS as MAX_LENGTHS
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field


def edit_field(name: str) -> TextField:
    """One field, "" to clear it. Zoho's own limit on its length."""
    return TextField(max_length=MAX_LENGTHS[name], load_default="")


def seen_field() -> fields.String:
    """As the page showed it, word for word."""
    return fields.String(load_default="", validate=validate.Length(max=200))


class PersonEditForm(FormSchema):
    """seen_…: what stood there when the client began to type, so that somebody else's change is not
    overwritten.
    """

    salutation = edit_field("salutation")
    first_name = TextField(
        max_length=MAX_LENGTHS["first_name"], required=True, required_message=N_("Please give a first name.")
    )
    last_name = edit_field("last_name")
    phone = edit_field("phone")
    mobile = edit_field("mobile")
    designation = edit_field("designation")
    department = edit_field("department")
    seen_salutation = seen_field()
    seen_first_name = seen_field()
    seen_last_name = seen_field()
    seen_phone = seen_field()
    seen_mobile = seen_field()
    seen_designation = seen_field()
    seen_department = seen_field()
    form_key = form_key_field()
