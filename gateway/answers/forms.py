"""What an answer to an estimate may send: the offer that was seen, and a reason when declining."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema, form_key_field

MAX_REASON_LENGTH = 1_000


class AcceptForm(FormSchema):
    """seen_version and seen_digest name the offer on the page. form_key: unguessable, one per page; the same
    key is the same answer.
    """

    seen_version = fields.String(required=True, validate=validate.Length(max=64))
    seen_digest = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))
    form_key = form_key_field()


class DeclineForm(AcceptForm):
    """reason: the client's own words, "" when they gave none."""

    reason = TextField(load_default="", max_length=MAX_REASON_LENGTH)
