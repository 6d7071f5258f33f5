"""What the colleagues' page may send."""

from __future__ import annotations

from marshmallow import fields, validate

from cache.records.accounts.team import MerchantRole
from gateway.web.posted_form import FormSchema

ROLES = [role.value for role in MerchantRole]


class InviteColleagueForm(FormSchema):
    email = fields.Email(
        required=True,
        error_messages={"required": "Please give an address.", "invalid": "This is not a mail address."},
    )
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


class ColleagueRoleForm(FormSchema):
    merchant_id = fields.String(required=True, validate=validate.Length(max=80))
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


class ColleagueForm(FormSchema):
    merchant_id = fields.String(required=True, validate=validate.Length(max=80))
