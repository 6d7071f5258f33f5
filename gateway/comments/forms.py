"""Form fields for a client's comment."""

from __future__ import annotations

from config.stored_messages import N_
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field

MAX_COMMENT_LENGTH = 1_000


class CommentForm(FormSchema):
    """form_key: unguessable, one per page; makes repeated submissions idempotent."""

    text = TextField(
        required=True, max_length=MAX_COMMENT_LENGTH, required_message=N_("Please write your comment.")
    )
    form_key = form_key_field()
