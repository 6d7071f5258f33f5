"""What the form of many invitations may send."""

from __future__ import annotations

import re

from flask import abort
from marshmallow import fields
from werkzeug.datastructures import MultiDict

from gateway.web.posted_form import FormSchema, form_key_field

PERSON = re.compile(r"[0-9]{1,24}")
MAX_TICKED = 5_000


class BulkInvitationForm(FormSchema):
    """everybody: all who were not invited yet. person_id: ticked, any number of times."""

    form_key = form_key_field()
    everybody = fields.Boolean(load_default=False)
    person_id = fields.String()


def ticked_people(form: MultiDict[str, str]) -> list[str]:
    """Zoho's ids of the persons that were ticked; what is no id was not sent by our page: 400."""
    found = form.getlist("person_id")
    if len(found) > MAX_TICKED or not all(PERSON.fullmatch(item) for item in found):
        abort(400)
    return found
