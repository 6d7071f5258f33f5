"""What a merchant may send when they say no to a reported payment."""

from __future__ import annotations

from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema


class RejectionForm(FormSchema):
    """words: why, for the client to read."""

    words = TextField(required=True, max_length=500, required_message="Please tell the client why.")
