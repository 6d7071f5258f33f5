"""`/organizations` and `/users/me` (zoho.md 4.1)."""

from __future__ import annotations

from flask import Response

from sandbox.books.blueprint import books
from sandbox.books.caller import Call, needs, settings_reader
from sandbox.books.envelope import success
from sandbox.refusals import not_found
from sandbox.world import Organisation, Record

LISTED = (
    "organization_id",
    "name",
    "contact_name",
    "email",
    "is_default_org",
    "plan_type",
    "plan_name",
    "plan_period",
    "language_code",
    "fiscal_year_start_month",
    "account_created_date",
    "time_zone",
    "is_org_active",
    "currency_id",
    "currency_code",
    "currency_symbol",
    "currency_format",
    "price_precision",
    "date_format",
    "country_code",
    "portal_name",
)
OURS = ("has_billing", "taxes")
"""Fields internal to the sandbox."""


@books.get("/organizations")
def list_organizations() -> Response:
    """Every organisation of the user, also inactive ones: the merchant must choose."""
    _, organisations = settings_reader()
    return success(
        organizations=[
            {name: organisation.details[name] for name in LISTED} for organisation in organisations
        ]
    )


@books.get("/organizations/<organization_id>")
@needs("settings.READ")
def get_organization(call: Call, organization_id: str) -> Response:
    if organization_id != call.organisation.id:
        raise not_found()
    return success(organization=organization_detail(call.organisation))


@books.get("/users/me")
@needs("settings.READ")
def get_current_user(call: Call) -> Response:
    user = call.user
    return success(
        user={
            "user_id": user["user_id"],
            "name": user["name"],
            "email_ids": [{"email": user["email"], "is_selected": True}],
            "status": "active",
            "user_role": "admin",
            "user_type": "zoho",
            "role_id": user["role_id"],
            "photo_url": "",
            "is_employee": False,
            "created_time": user["created_time"],
            "custom_fields": "",
        }
    )


def organization_detail(organisation: Organisation) -> Record:
    """One organisation with its addresses and telephone numbers."""
    return {name: value for name, value in organisation.details.items() if name not in OURS}
