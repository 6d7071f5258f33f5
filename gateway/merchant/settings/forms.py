"""What the settings page may send: one box per switch, which is not sent when it is not ticked, and the
fields beside them.
"""

from __future__ import annotations

from marshmallow import fields, validate

from cache.records.portal.edit_rules import EDITABLE, EditRule
from cache.records.portal.portal_settings import PAY_ROUTES
from config.languages import LANGUAGES
from gateway.merchant.settings.portal_switches import SWITCHES
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema

MIN_FRESH_MINUTES, MAX_FRESH_MINUTES = 1, 24 * 60
"""Minutes. Below, every page would cost a call; above, the nightly sweep has read it anyway."""

RULE = "rule_"

SettingsForm = FormSchema.from_dict(
    {
        **{switch.name: fields.Boolean(load_default=False) for switch in SWITCHES},
        **{
            f"{RULE}{name}": fields.String(
                load_default=EditRule.FREE.value, validate=validate.OneOf(list(EditRule))
            )
            for name in EDITABLE
        },
        "pay_route": fields.String(load_default="auto", validate=validate.OneOf(PAY_ROUTES)),
        "bank_details": TextField(max_length=1000, load_default=""),
        "unique_payment_field": fields.String(
            load_default="",
            validate=validate.Regexp(
                r"\A(cf_[a-z0-9_]{1,97})?\Z",
                error="Zoho's names for your fields begin with cf_, such as cf_portal.",
            ),
        ),
        "fresh_minutes": fields.Integer(
            load_default=15,
            error_messages={"invalid": "Please give a whole number of minutes."},
            validate=validate.Range(
                MIN_FRESH_MINUTES,
                MAX_FRESH_MINUTES,
                error=f"Please give between {MIN_FRESH_MINUTES} and {MAX_FRESH_MINUTES} minutes.",
            ),
        ),
        "language": fields.String(load_default="", validate=validate.OneOf(["", *LANGUAGES])),
        "says_quote": fields.Boolean(load_default=False),
    },
    name="SettingsForm",
)
