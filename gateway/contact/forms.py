"""Form fields for a message to the merchant and for a review."""

from __future__ import annotations

from marshmallow import fields, validate

from cache.records.portal.reviews import STARS
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field

MAX_SUBJECT_LENGTH, MAX_MESSAGE_LENGTH, MAX_REVIEW_LENGTH = 150, 5_000, 2_000


class MessageForm(FormSchema):
    """form_key: unguessable, one per page; makes repeated submissions idempotent."""

    subject = TextField(
        required=True,
        max_length=MAX_SUBJECT_LENGTH,
        required_message="Please say in a few words what it is about.",
    )
    message = TextField(
        required=True, max_length=MAX_MESSAGE_LENGTH, required_message="Please write your message."
    )
    form_key = form_key_field()


class ReviewForm(FormSchema):
    """seen: version of the review that the page showed, "" for none."""

    stars = fields.Integer(
        required=True,
        strict=False,
        validate=validate.OneOf(STARS, error="Please choose one to five stars."),
        error_messages={
            "required": "Please choose one to five stars.",
            "invalid": "Please choose one to five stars.",
        },
    )
    words = TextField(max_length=MAX_REVIEW_LENGTH, load_default="")
    seen = fields.String(load_default="", validate=validate.Length(max=40))
    form_key = form_key_field()
