"""What the pages about signing in may send."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from config.phrases import marked
from gateway.forms.password_choice import PasswordChoiceForm
from gateway.forms.posted_form import FormSchema
from gateway.forms.text_fields import Secret, Words
from gateway.wording import _

CODE_LENGTH = 40
"""Characters of a code as people type it, with spaces and dashes."""


class PasswordChangeForm(PasswordChoiceForm):
    """The password of now, and the new one twice."""

    old = Secret(required=True, empty_words=marked("Please enter your current password."))

    @validates_schema
    def another_one(self, values: dict[str, Any], **_kwargs: Any) -> None:
        if values["old"] == values["password"]:
            raise ValidationError(_("Please choose another one than your current password."), "password")


class MailedLinkForm(FormSchema):
    """Somebody asks for a link by mail."""

    email = Words(required=True, longest=254, empty_words=marked("Please enter your e-mail address."))


class NextForm(FormSchema):
    """A button. next: the page to go to afterwards, "" for the home page."""

    next = fields.String(load_default="")


class CodeForm(NextForm):
    """A code of the app or a recovery code."""

    code = Words(required=True, longest=CODE_LENGTH, empty_words=marked("Please enter the code."))


class ConfirmedCodeForm(FormSchema):
    """The password as well, because what is changed is the lock itself."""

    password = Secret(required=True, empty_words=marked("Please enter your password."))
    code = Words(required=True, longest=CODE_LENGTH, empty_words=marked("Please enter the code."))


class EndSessionForm(FormSchema):
    """session: the id under which it is kept; the cookie cannot be told from it."""

    session = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


class NothingForm(FormSchema):
    """A button alone."""
