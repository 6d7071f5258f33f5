"""What an edit of a client's own details may send: each field as it was shown, and as it is wanted."""

from __future__ import annotations

from marshmallow import fields, validate

from config.phrases import marked
from connectors.zoho.books.contact_edits import PERSON_FIELDS as LONGEST
from gateway.forms.posted_form import FormSchema, form_key_field
from gateway.forms.text_fields import Words


def wanted(name: str) -> Words:
    """One field, "" to clear it. Zoho's own limit on its length."""
    return Words(longest=LONGEST[name], load_default="")


def seen() -> fields.String:
    """As the page showed it, word for word."""
    return fields.String(load_default="", validate=validate.Length(max=200))


class PersonEditForm(FormSchema):
    """seen_…: what stood there when the client began to type, so that somebody else's change is not
    overwritten.
    """

    salutation = wanted("salutation")
    first_name = Words(
        longest=LONGEST["first_name"], required=True, empty_words=marked("Please give a first name.")
    )
    last_name = wanted("last_name")
    phone = wanted("phone")
    mobile = wanted("mobile")
    designation = wanted("designation")
    department = wanted("department")
    seen_salutation = seen()
    seen_first_name = seen()
    seen_last_name = seen()
    seen_phone = seen()
    seen_mobile = seen()
    seen_designation = seen()
    seen_department = seen()
    form_key = form_key_field()
