"""Zoho for the rest of the product: clients per organisation, grants, disconnecting."""

from __future__ import annotations

from cache.records.connections.call_budget import CallBudget, CallClass
from cache.records.connections.connection import Connection, ConnectionState
from cache.sealing import SealBroken
from cache.store_services import StoreServices
from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_protocols import ApiTenant
from connectors.zoho.api.errors import ZohoAccessLost, ZohoScopeMissing, ZohoUnavailable
from connectors.zoho.api.product import BILLING, BOOKS, Product
from connectors.zoho.api.transport import Transport
from connectors.zoho.billing.client import BillingClient
from connectors.zoho.billing.organizations import BillingOrganizations
from connectors.zoho.books.client import BooksClient
from connectors.zoho.documents.organization import Organization
from connectors.zoho.documents.zoho_user import ZohoUser
from connectors.zoho.oauth.authorization_code import Grant, revoke
from connectors.zoho.oauth.grant_reader import GrantReader
from connectors.zoho.oauth.token_vault import TokenVault


class ZohoClients:
    """Built once per process; safe to share between threads."""

    def __init__(self, services: StoreServices) -> None:
        settings, records = services.settings, services.stores.records
        self._settings = settings
        self._connections = services.connections
        self._transport = Transport(
            connect_timeout=settings.zoho_connect_timeout, read_timeout=settings.zoho_read_timeout
        )
        at_once = settings.zoho_calls_at_once
        self._budgets = {
            BOOKS: CallBudget(records, per_minute=settings.zoho_calls_per_minute, at_once=at_once),
            BILLING: CallBudget(
                records,
                per_minute=settings.zoho_billing_calls_per_minute,
                at_once=at_once,
                product=BILLING.name,
            ),
        }
        self._refusals = services.refused_scopes
        self._grants = GrantReader(settings, self._transport)
        self.vault = TokenVault(settings, self._connections, services.access_tokens)

    def books(self, org: str, call_class: CallClass = CallClass.SYNC) -> BooksClient:
        """Zoho Books of this organisation. Raises ZohoAccessLost when it is not connected; makes no call to
        Zoho.
        """
        connection = self._require_connection(org)
        return BooksClient(self._api_client(connection, BOOKS, connection.organization_id, call_class))

    def billing(self, org: str, call_class: CallClass = CallClass.SYNC) -> BillingClient:
        """Zoho Billing of this organisation. Raises ZohoScopeMissing for a merchant who does not use it."""
        connection = self._require_connection(org)
        if not connection.billing_organization_id:
            raise ZohoScopeMissing("This merchant does not use Zoho Billing with this portal.")
        return BillingClient(
            self._api_client(connection, BILLING, connection.billing_organization_id, call_class)
        )

    @property
    def books_budget(self) -> CallBudget:
        """Each organisation's calls to Zoho Books: made and left."""
        return self._budgets[BOOKS]

    def billing_organizations(self, org: str) -> tuple[Organization, ...]:
        """The Billing organisations of this connection. Raises ZohoError, ZohoScopeMissing without
        the scope.
        """
        return (
            BillingOrganizations(
                self._api_client(self._require_connection(org), BILLING, "", CallClass.PERSON)
            )
            .list()
            .value
        )

    def organizations_of_grant(self, grant: Grant) -> list[Organization]:
        """The organisations a merchant can choose from. Raises ZohoError."""
        return self._grants.organizations(grant)

    def authorising_user(self, grant: Grant, organization_id: str) -> ZohoUser:
        """The Zoho user who gave the grant. Raises ZohoError."""
        return self._grants.authorising_user(grant, organization_id)

    def disconnect(self, org: str) -> bool:
        """Delete this organisation's tokens and revoke its grant in Zoho; returns whether Zoho confirmed.

        Our side is deleted in any case. A grant that another organisation uses is not revoked.
        """
        connection = self._connections.get(org)
        if connection is None:
            return False
        try:
            token = self._connections.refresh_token(org)
        except SealBroken:
            token = ""
        self._connections.wipe(org)
        return self.revoke_if_unused(connection.dc, token)

    def revoke_if_unused(self, dc: str, refresh_token: str) -> bool:
        """Revoke a grant that no connected organisation uses; returns whether Zoho confirmed.

        Every sign-in makes a grant, and the 21st silently deletes the oldest (zoho.md 1.3), so unneeded ones
        must go.
        """
        if not refresh_token or self._connections.lives_on(dc, refresh_token):
            return False
        return revoke(self._settings, dc, refresh_token)

    def _require_connection(self, org: str) -> Connection:
        connection = self._connections.get(org)
        if connection is None or connection.state is not ConnectionState.CONNECTED:
            raise ZohoAccessLost("This organisation is not connected to Zoho Books.")
        return connection

    def _api_client(
        self, connection: Connection, product: Product, organization_id: str, call_class: CallClass
    ) -> ApiClient:
        data_centre = self._settings.data_centres.get(connection.dc)
        if data_centre is None:
            raise ZohoUnavailable(f"this portal has no client credentials for data centre {connection.dc}")
        tenant = ApiTenant(
            org=connection.org,
            product=product,
            organization_id=organization_id,
            api_url=data_centre.api_url,
            time_zone=connection.time_zone,
            granted_scopes=connection.scopes,
        )
        return ApiClient(
            tenant,
            transport=self._transport,
            tokens=self.vault,
            budget=self._budgets[product],
            refusals=self._refusals,
            call_class=call_class,
        )
