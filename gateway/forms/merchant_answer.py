"""What a merchant may send when they say no to a reported payment."""

from __future__ import annotations

from gateway.forms.posted_form import FormSchema
from gateway.forms.text_fields import Words


class TurnDownForm(FormSchema):
    """words: why, for the client to read."""

    words = Words(required=True, longest=500, empty_words="Please tell the client why.")
