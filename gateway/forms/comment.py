"""What a comment may send: the client's words."""

from __future__ import annotations

from config.phrases import marked
from gateway.forms.posted_form import FormSchema, form_key_field
from gateway.forms.text_fields import Words

LONGEST_COMMENT = 1_000


class CommentForm(FormSchema):
    """form_key: unguessable, one per page; the same key is the same comment."""

    text = Words(required=True, longest=LONGEST_COMMENT, empty_words=marked("Please write your comment."))
    form_key = form_key_field()
