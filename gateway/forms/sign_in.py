"""What the sign-in page may send."""

from __future__ import annotations

from marshmallow import fields

from config.phrases import marked
from gateway.forms.posted_form import FormSchema
from gateway.forms.text_fields import Secret, Words


class SignInForm(FormSchema):
    """next: the page to go to afterwards, "" for the home page."""

    email = Words(required=True, longest=254, empty_words=marked("Please enter your e-mail address."))
    password = Secret(required=True, empty_words=marked("Please enter your password."))
    next = fields.String(load_default="")
