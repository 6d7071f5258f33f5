"""What the pages of the merchants' door may send."""

from __future__ import annotations

from marshmallow import fields

from gateway.forms.posted_form import FormSchema


class ConnectForm(FormSchema):
    """dc: code of the data centre where the merchant's Zoho account lives."""

    dc = fields.String(required=True)


class OrganisationChoiceForm(FormSchema):
    """organization_id: Zoho's, checked against what Zoho lists for the grant."""

    organization_id = fields.String(required=True)
