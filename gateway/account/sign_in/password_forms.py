"""What the page of an invitation may send: a password, typed twice."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, validates_schema

from config.stored_messages import N_
from gateway.web.form_fields import PasswordField
from gateway.web.posted_form import FormSchema


class PasswordChoiceForm(FormSchema):
    """Whether the password is fit is decided by gateway.account.security.passwords; here only that both are
    the same.
    """

    password = PasswordField(required=True, required_message=N_("Please choose a password."))
    again = PasswordField(required=True, required_message=N_("Please type the password again."))

    @validates_schema
    def passwords_match(self, values: dict[str, Any], **_: Any) -> None:
        if values["password"] != values["again"]:
            raise ValidationError(N_("The two passwords are not the same."), "again")
