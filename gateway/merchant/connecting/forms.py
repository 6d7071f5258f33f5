"""What the pages of the merchants' door may send."""

from __future__ import annotations

from marshmallow import fields

from gateway.web.posted_form import FormSchema


class ConnectForm(FormSchema):
    """dc: code of the data centre where the merchant's Zoho account lives. uses_billing: a tick that is not
    set is not sent.
    """

    dc = fields.String(required=True)
    uses_billing = fields.Boolean(load_default=False)


class BillingForm(FormSchema):
    """uses_billing: whether Zoho Billing shall be looked for, or left alone."""

    uses_billing = fields.Boolean(required=True)


class OrganisationChoiceForm(FormSchema):
    """organization_id: Zoho's, checked against what Zoho lists for the grant."""

    organization_id = fields.String(required=True)
