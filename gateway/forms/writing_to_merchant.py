"""What a message to the merchant and a review may send."""

from __future__ import annotations

from marshmallow import fields, validate

from cache.records.reviews import STARS
from gateway.forms.posted_form import FormSchema, form_key_field
from gateway.forms.text_fields import Words

LONGEST_SUBJECT, LONGEST_MESSAGE, LONGEST_REVIEW = 150, 5_000, 2_000


class MailForm(FormSchema):
    """form_key: unguessable, one per page; the same key is the same message."""

    subject = Words(
        required=True, longest=LONGEST_SUBJECT, empty_words="Please say in a few words what it is about."
    )
    message = Words(required=True, longest=LONGEST_MESSAGE, empty_words="Please write your message.")
    form_key = form_key_field()


class ReviewForm(FormSchema):
    """seen: the mark of the review that the page showed, "" for none."""

    stars = fields.Integer(
        required=True,
        strict=False,
        validate=validate.OneOf(STARS, error="Please choose one to five stars."),
        error_messages={
            "required": "Please choose one to five stars.",
            "invalid": "Please choose one to five stars.",
        },
    )
    words = Words(longest=LONGEST_REVIEW, load_default="")
    seen = fields.String(load_default="", validate=validate.Length(max=40))
    form_key = form_key_field()
