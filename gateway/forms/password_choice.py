"""What the page of an invitation may send: a password, typed twice."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, validates_schema

from config.phrases import marked
from gateway.forms.posted_form import FormSchema
from gateway.forms.text_fields import Secret


class PasswordChoiceForm(FormSchema):
    """Whether the password is fit is decided by gateway.signing_in.passwords; here only that both are the
    same.
    """

    password = Secret(required=True, empty_words=marked("Please choose a password."))
    again = Secret(required=True, empty_words=marked("Please type the password again."))

    @validates_schema
    def both_alike(self, values: dict[str, Any], **_: Any) -> None:
        if values["password"] != values["again"]:
            raise ValidationError(marked("The two passwords are not the same."), "again")
