"""What the sign-in page may send."""

from __future__ import annotations

from marshmallow import fields

from config.stored_messages import N_
from gateway.web.form_fields import PasswordField, TextField
from gateway.web.posted_form import FormSchema


class SignInForm(FormSchema):
    """next: the page to go to afterwards, "" for the home page."""

    email = TextField(required=True, max_length=254, required_message=N_("Please enter your e-mail address."))
    password = PasswordField(required=True, required_message=N_("Please enter your password."))
    next = fields.String(load_default="")
