"""What the pages about signing in may send."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from config.stored_messages import N_
from gateway.account.sign_in.password_forms import PasswordChoiceForm
from gateway.web.form_fields import PasswordField, TextField
from gateway.web.posted_form import FormSchema
from gateway.web.wording import _

CODE_LENGTH = 40
"""Characters of a code as people type it, with spaces and dashes."""


class PasswordChangeForm(PasswordChoiceForm):
    """The password of now, and the new one twice."""

    old = PasswordField(required=True, required_message=N_("Please enter your current password."))

    @validates_schema
    def differs_from_old(self, values: dict[str, Any], **_kwargs: Any) -> None:
        if values["old"] == values["password"]:
            raise ValidationError(_("Please choose another one than your current password."), "password")


class EmailLinkForm(FormSchema):
    """Somebody asks for a link by mail."""

    email = TextField(required=True, max_length=254, required_message=N_("Please enter your e-mail address."))


class NextForm(FormSchema):
    """A button. next: the page to go to afterwards, "" for the home page."""

    next = fields.String(load_default="")


class CodeForm(NextForm):
    """A code of the app or a recovery code."""

    code = TextField(required=True, max_length=CODE_LENGTH, required_message=N_("Please enter the code."))


class ConfirmedCodeForm(FormSchema):
    """The password as well, because what is changed is the lock itself."""

    password = PasswordField(required=True, required_message=N_("Please enter your password."))
    code = TextField(required=True, max_length=CODE_LENGTH, required_message=N_("Please enter the code."))


class EndSessionForm(FormSchema):
    """session: the id under which it is kept; the cookie cannot be told from it."""

    session = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


class EmptyForm(FormSchema):
    """A button alone."""
