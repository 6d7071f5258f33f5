"""A posted form through its schema: values when all is well, else one message per field. Unknown fields are
refused.
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
    """What makes a form sent twice one wish: unguessable, one per page."""
    return fields.String(required=True, validate=validate.Regexp(r"\A[A-Za-z0-9_-]{16,64}\Z"))


@dataclass(frozen=True)
class PostedForm:
    """values: what the schema made of the form. errors: field → sentence for the person; empty when the form
    may be used.
    """

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_form(schema: Schema, form: MultiDict[str, str]) -> PostedForm:
    """Reads the first value of each field. A field that the form does not have was not sent by our page:
    400.
    """
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
    """A form's sentences stand in its class, before anybody's language is known: they are said here."""
    return (
        translate(message)
        if isinstance(message, StoredMessage)
        else current_translations().gettext(str(message))
    )
