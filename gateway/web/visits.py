"""Who makes this request and what they may do: a client, a merchant viewing as a client, a merchant, or a
merchant in one of their organisations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort

from cache.records.accounts.accounts import AccountState, ClientAccount
from cache.records.accounts.client_roles import Role
from cache.records.accounts.merchants import Merchant
from cache.records.accounts.team import MerchantRole
from cache.records.connections.connection import Connection, ConnectionState
from cache.records.orders.kinds import ORDER_KINDS
from cache.records.orders.order import OrderKind
from cache.records.portal.portal_settings import PortalSettings
from cache.records.sign_in.client_views import ClientView
from cache.records.sign_in.sessions import Session
from cache.scope import CustomerScope
from gateway.web.modules import shows
from gateway.web.services import services
from gateway.web.sessions import current_session, end_session

EDITING_ROLES = frozenset({MerchantRole.OWNER, MerchantRole.STAFF})
ANY_ROLE = frozenset(MerchantRole)
OWNERS = frozenset({MerchantRole.OWNER})


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A reader of one customer's documents. `scope` is the only access to them and never comes from request
    input.
    """

    scope: CustomerScope
    connection: Connection
    settings: PortalSettings

    @property
    def is_connected(self) -> bool:
        """Whether Zoho can be called for this merchant; if not, pages show the last known data."""
        return self.connection.state is ConnectionState.CONNECTED

    @property
    def merchant_name(self) -> str:
        """What sentences to the client call the merchant. Who wrote a document stays the organisation of the
        connection.
        """
        return self.settings.displayed_name(self.connection.name)

    def shows(self, module: str) -> bool:
        """Whether the merchant's portal has a module ("estimates", "invoices" …, gateway/web/modules.py): for
        links and parts of pages.
        """
        return shows(self.settings, module)


@dataclass(frozen=True, kw_only=True)
class ClientVisit(Reader):
    """A signed-in client. The scope comes from the session.

    viewer: the merchant viewing as this client; None for the client themselves. A viewer may change
    nothing.
    """

    account: ClientAccount
    session: Session
    viewer: Merchant | None = None

    def may(self, role: str) -> bool:
        """Whether this client has a role ("see", "accept", "pay", "manage"). The merchant's switches are
        checked separately.
        """
        return Role(role) in self.account.roles

    def allows(self, kind: OrderKind) -> bool:
        """Whether this client may place such an order: the merchant's switch is on and the client has the
        role.
        """
        return self.settings.allows(kind) and self.may(ORDER_KINDS[kind].role)

    @property
    def may_share(self) -> bool:
        """Whether this client may create links to a document. A merchant viewing as them may not."""
        return self.settings.may_share_links and self.may("see") and self.viewer is None

    def require(self, kind: OrderKind) -> None:
        """Aborts with 404 if this client may not place such an order."""
        if not self.allows(kind):
            abort(404)


@dataclass(frozen=True, kw_only=True)
class MerchantVisit:
    """A signed-in merchant."""

    merchant: Merchant
    session: Session


@dataclass(frozen=True, kw_only=True)
class OrganisationVisit(MerchantVisit):
    """A merchant in one of their organisations."""

    org: str
    connection: Connection
    role: MerchantRole

    @property
    def may_change(self) -> bool:
        """Whether to show controls that change something. The access decorators check the same."""
        return self.role in EDITING_ROLES

    @property
    def is_owner(self) -> bool:
        return self.role is MerchantRole.OWNER


def client_visit() -> ClientVisit | None:
    """The client of this session, or the merchant viewing as one. Ends a session whose account no longer
    exists.
    """
    session = current_session()
    if session is not None and session.kind == "merchant":
        return _client_view_visit(session)
    if session is None or session.kind != "client":
        return None
    account = services().accounts.get(session.subject)
    connection = services().connections.get(session.org)
    if (
        account is None
        or account.state is not AccountState.ACTIVE
        or account.org != session.org
        or connection is None
    ):
        end_session()
        return None
    return ClientVisit(
        account=account,
        scope=CustomerScope(account.org, account.customer_id),
        session=session,
        connection=connection,
        settings=services().portal_settings.get(account.org),
    )


def _client_view_visit(session: Session) -> ClientVisit | None:
    """A merchant's view as one of their clients, while they have access to the organisation. A contact
    never invited is viewed as if they had been.
    """
    view, merchant = services().client_views.of(session.id), services().merchants.get(session.subject)
    connection = services().connections.get(view.org) if view is not None else None
    if view is None or merchant is None or connection is None or view.org not in merchant.orgs:
        return None
    if services().team.role(view.org, merchant.id) is None:
        return None
    account = services().accounts.by_person(view.org, view.person_id) or _uninvited_account(view)
    return ClientVisit(
        account=account,
        scope=CustomerScope(view.org, view.customer_id),
        session=session,
        connection=connection,
        settings=services().portal_settings.get(view.org),
        viewer=merchant,
    )


def _uninvited_account(view: ClientView) -> ClientAccount:
    stored = services().directory.person(view.org, view.person_id)
    body: Mapping[str, object] = stored.body if stored is not None else {}
    name = " ".join(str(body.get(name) or "") for name in ("first_name", "last_name")).strip()
    email = str(body.get("email") or "")
    return ClientAccount(
        id=f"viewed-{view.person_id}",
        org=view.org,
        customer_id=view.customer_id,
        person_id=view.person_id,
        email=email,
        name=name or email or "Nobody yet",
        state=AccountState.INVITED,
        created_at=dt.datetime.now(dt.UTC),
    )


def merchant_visit() -> MerchantVisit | None:
    """The merchant of this session."""
    session = current_session()
    if session is None or session.kind != "merchant":
        return None
    merchant = services().merchants.get(session.subject)
    if merchant is None:
        end_session()
        return None
    return MerchantVisit(merchant=merchant, session=session)
