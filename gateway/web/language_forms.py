"""The form of the language switch."""

from __future__ import annotations

from marshmallow import fields, validate

from config.languages import LANGUAGES
from gateway.web.posted_form import FormSchema


class LanguageChoiceForm(FormSchema):
    """language: code of a supported language."""

    language = fields.String(required=True, validate=validate.OneOf(tuple(LANGUAGES)))
