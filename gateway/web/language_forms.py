"""What the switch of languages may send."""

from __future__ import annotations

from marshmallow import fields, validate

from config.languages import LANGUAGES
from gateway.web.posted_form import FormSchema


class LanguageChoiceForm(FormSchema):
    """language: the code of one that we speak."""

    language = fields.String(required=True, validate=validate.OneOf(tuple(LANGUAGES)))
