"""Form fields for answering an estimate: the offer that was shown, and a reason when declining."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field

MAX_REASON_LENGTH = 1_000


class AcceptForm(FormSchema):
    """seen_version and seen_digest identify the offer on the page. form_key: unguessable, one per page; makes
    repeated submissions idempotent.
    """

    seen_version = fields.String(required=True, validate=validate.Length(max=64))
    seen_digest = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))
    form_key = form_key_field()


class DeclineForm(AcceptForm):
    """reason: free text from the client, "" for none."""

    reason = TextField(load_default="", max_length=MAX_REASON_LENGTH)
