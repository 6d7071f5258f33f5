"""What the settings page may send: one switch per field, a box that is not ticked is not sent."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.forms.posted_form import FormSchema
from gateway.forms.text_fields import Words


class SettingsForm(FormSchema):
    may_accept = fields.Boolean(load_default=False)
    may_decline = fields.Boolean(load_default=False)
    asks_decline_reason = fields.Boolean(load_default=False)
    may_comment = fields.Boolean(load_default=False)
    may_edit_details = fields.Boolean(load_default=False)
    may_apply_credit = fields.Boolean(load_default=False)
    may_report_payment = fields.Boolean(load_default=False)
    may_replace_card = fields.Boolean(load_default=False)
    mails_receipts = fields.Boolean(load_default=False)
    shows_mail = fields.Boolean(load_default=False)
    banner = Words(longest=500, load_default="")
    unique_payment_field = fields.String(
        load_default="",
        validate=validate.Regexp(r"\A(cf_[a-z0-9_]{1,97})?\Z", error="Zoho's names for your fields begin with cf_, for example cf_portal."),
    )
