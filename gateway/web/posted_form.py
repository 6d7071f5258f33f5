"""Validates a posted form against its schema: values if valid, else one message per field. Unknown fields
are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import abort
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from config.stored_messages import StoredMessage
from gateway.web.csrf import FIELD
from gateway.web.wording import current_translations, translate


class FormSchema(Schema):
    """Base of all forms."""

    class Meta:
        unknown = RAISE


def form_key_field() -> fields.String:
    """An unguessable key, one per rendered form, so that a form submitted twice counts as one request."""
    return fields.String(required=True, validate=validate.Regexp(r"\A[A-Za-z0-9_-]{16,64}\Z"))


@dataclass(frozen=True)
class PostedForm:
    """values: what the schema loaded. errors: field → message for the user; empty if the form is valid."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_form(schema: Schema, form: MultiDict[str, str]) -> PostedForm:
    """Reads the first value of each field. Aborts with 400 on an unknown field: our pages do not send any."""
    given = {name: value for name, value in form.items() if name != FIELD}
    if set(given) - set(schema.load_fields):
        abort(400)
    try:
        return PostedForm(values=schema.load(given))
    except ValidationError as fault:
        messages = fault.messages_dict
        return PostedForm(
            values=dict(fault.valid_data or {}),
            errors={name: _translated(words[0]) for name, words in messages.items()},
        )


def _translated(message: object) -> str:
    """Schemas define messages before the request's language is known; they are translated here."""
    return (
        translate(message)
        if isinstance(message, StoredMessage)
        else current_translations().gettext(str(message))
    )
