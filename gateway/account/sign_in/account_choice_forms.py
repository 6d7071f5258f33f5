"""What the page that asks for one of several accounts may send."""

from __future__ import annotations

from marshmallow import fields

from gateway.web.posted_form import FormSchema


class AccountChoiceForm(FormSchema):
    """next: the page to go to afterwards, "" for the home page."""

    account_id = fields.String(load_default="")
    next = fields.String(load_default="")
