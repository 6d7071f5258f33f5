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
    theirs = [one for one in organisations if one.has_billing]
    return success(
        organizations=[
            {name: one.details[name] for name in LISTED} | {"organization_id": one.billing_id}
            for one in theirs
        ]
    )
