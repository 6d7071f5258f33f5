"""What the page "Language and theme" may send."""

from __future__ import annotations

from marshmallow import fields, validate

from config.languages import LANGUAGES
from gateway.web.posted_form import FormSchema
from gateway.web.theme import THEMES


class PreferencesForm(FormSchema):
    """language: a code, "" to go by the portal and the browser. theme: a key of THEMES."""

    language = fields.String(required=True, validate=validate.OneOf(("", *LANGUAGES)))
    theme = fields.String(required=True, validate=validate.OneOf(tuple(THEMES)))
