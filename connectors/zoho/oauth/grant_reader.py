"""Read a fresh grant before an organisation is chosen: its organisations and its user (zoho.md 4.1)."""

from __future__ import annotations

from typing import Any

from config.settings import Settings
from connectors.zoho.api.envelope import body_or_error, json_body
from connectors.zoho.api.errors import ZohoUnavailable, ZohoUnreadable
from connectors.zoho.api.operation import Call
from connectors.zoho.api.product import BOOKS
from connectors.zoho.api.transport import NoResponse, Transport
from connectors.zoho.books import operations
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.zoho_user import ZohoUser
from connectors.zoho.oauth.authorization_code import Grant


class GrantReader:
    """Reads with the grant's own token: there is no organisation yet, so no call budget and no
    token vault.
    """

    def __init__(self, settings: Settings, transport: Transport) -> None:
        self._data_centres, self._transport = settings.data_centres, transport

    def organizations(self, grant: Grant) -> list[Organization]:
        """All organisations of the merchant, active or not: a user may have several and must choose.

        Raises ZohoError.
        """
        body = self._get(grant, operations.LIST_ORGANIZATIONS.at(), {})
        rows = body.get("organizations")
        if not isinstance(rows, list):
            raise ZohoUnreadable(org=grant.dc, kind="list of organizations", id="", field="organizations")
        return [Organization.from_zoho(row, org=grant.dc) for row in rows]

    def authorising_user(self, grant: Grant, organization_id: str) -> ZohoUser:
        """The Zoho user who gave the grant, as the chosen organisation knows them. Raises ZohoError."""
        body = self._get(grant, operations.GET_CURRENT_USER.at(), {BOOKS.organization_param: organization_id})
        return ZohoUser.from_zoho(body.get("user"), org=f"{grant.dc}-{organization_id}")

    def _get(self, grant: Grant, call: Call, params: dict[str, str]) -> dict[str, Any]:
        data_centre = self._data_centres.get(grant.dc)
        if data_centre is None:
            raise ZohoUnavailable(
                f"this portal has no client credentials for data centre {grant.dc}", request=call.label
            )
        url = f"{data_centre.api_url}{BOOKS.base_path}{call.path}"
        headers = {"Accept": "application/json"}
        try:
            raw = self._transport.send(
                call.method, url, access_token=grant.access_token, params=params, headers=headers
            )
        except NoResponse as fault:
            raise ZohoUnavailable(fault.reason, request=call.label) from fault
        return body_or_error(raw, json_body(raw), call)
