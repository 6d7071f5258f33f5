"""`/organizations` of Billing: gives the organisation's id there (zoho.md 8)."""

from __future__ import annotations

from flask import Response

from sandbox.billing.blueprint import billing
from sandbox.books.caller import settings_reader
from sandbox.books.envelope import success
from sandbox.books.organizations import LISTED


@billing.get("/organizations")
def list_billing_organizations() -> Response:
    """The user's organisations that have Billing; none for merchants who only use Books."""
    _, organisations = settings_reader()
    theirs = [organisation for organisation in organisations if organisation.has_billing]
    return success(
        organizations=[
            {name: their.details[name] for name in LISTED} | {"organization_id": their.billing_id}
            for their in theirs
        ]
    )
