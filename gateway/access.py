"""Who may open which page. Exactly one of these decorators stands under every route; a view without one answers 404 to
everybody.

open_to_all         nobody need be signed in
client_only         a client; the view gets a ClientVisit first
merchant_only       a merchant; the view gets a MerchantVisit first
organisation_only   a merchant who owns the <org> of the address; the view gets an OrganisationVisit first, everybody
else 404
open_to_machines    no browser: there is no session, what is sent must prove itself, and CSRF has no meaning
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts import AccountState, ClientAccount
from cache.records.client_roles import Role
from cache.records.connection import Connection, ConnectionState
from cache.records.merchants import Merchant
from cache.records.order import OrderKind
from cache.records.portal_settings import ROLE_OF, PortalSettings
from cache.records.sessions import Session
from cache.scope import CustomerScope
from gateway.readers_presence import note_reader
from gateway.sessions import current_session, end_session
from gateway.wiring import wired

P = ParamSpec("P")
MARK = "foyer_access"
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})


class Access(StrEnum):
    """Under what a view is open."""

    ALL = "open_to_all"
    CLIENT = "client_only"
    MERCHANT = "merchant_only"
    ORGANISATION = "organisation_only"
    MACHINE = "open_to_machines"


@dataclass(frozen=True, kw_only=True)
class ClientVisit:
    """A signed-in client. `scope` is the only way to what may be shown: it comes from the session, never from the
    address.
    """

    account: ClientAccount
    scope: CustomerScope
    session: Session
    connection: Connection
    settings: PortalSettings

    @property
    def is_connected(self) -> bool:
        """Whether Zoho can be asked on this merchant's behalf; if not, pages show what was last known."""
        return self.connection.state is ConnectionState.CONNECTED

    def may(self, role: str) -> bool:
        """Whether this person has been given a role ("see", "accept", "pay", "manage"). The merchant's switches come beside it."""
        return Role(role) in self.account.roles

    def allows(self, kind: OrderKind) -> bool:
        """Whether this person may ask for this: the merchant's switch is on, and the person has the role."""
        return self.settings.allows(kind) and self.may(ROLE_OF[kind])

    def require(self, kind: OrderKind) -> None:
        """The wall: what is not offered to this person does not exist (404)."""
        if not self.allows(kind):
            abort(404)


@dataclass(frozen=True, kw_only=True)
class MerchantVisit:
    """A signed-in merchant."""

    merchant: Merchant
    session: Session


@dataclass(frozen=True, kw_only=True)
class OrganisationVisit(MerchantVisit):
    """A merchant at one of their own organisations."""

    org: str
    connection: Connection


def open_to_all(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Marks a view that needs no sign-in."""
    setattr(view, MARK, Access.ALL)
    return view


def open_to_machines(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Marks a view for programs, which looks at no session and changes nothing on the strength of one."""
    setattr(view, MARK, Access.MACHINE)
    return view


def client_only(view: Callable[Concatenate[ClientVisit, P], ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Lets clients in; everybody else is sent to the sign-in page and back afterwards."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        visit = _client_visit()
        if visit is None:
            if request.accept_mimetypes.best == "application/json":
                abort(401)
            return redirect(url_for("sign_in.show", next=_way_back()), code=303)
        g.visit = visit
        g.time_zone = visit.connection.time_zone
        if visit.connection.state is ConnectionState.DISCONNECTED:
            return make_response(render_template("pages/portal_closed.html"), 410)
        if visit.is_connected:
            note_reader(visit.scope.org)
        return view(visit, *args, **kwargs)

    setattr(guarded, MARK, Access.CLIENT)
    return guarded


def merchant_only(
    view: Callable[Concatenate[MerchantVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Lets merchants in; everybody else is sent to the merchants' door."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        visit = _merchant_visit()
        if visit is None:
            return redirect(url_for("merchant_connection.landing"), code=303)
        g.visit = visit
        return view(visit, *args, **kwargs)

    setattr(guarded, MARK, Access.MERCHANT)
    return guarded


def organisation_only(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Takes <org> out of the address and lets in only a merchant who owns it; a stranger's organisation is as absent
    as an unknown one.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        org = str(kwargs.pop("org"))
        visit = _merchant_visit()
        if visit is None:
            return redirect(url_for("merchant_connection.landing"), code=303)
        connection = wired().connections.get(org) if org in visit.merchant.orgs else None
        if connection is None:
            abort(404)
        inside = OrganisationVisit(merchant=visit.merchant, session=visit.session, org=org, connection=connection)
        g.visit = inside
        g.time_zone = connection.time_zone
        return view(inside, *args, **kwargs)

    setattr(guarded, MARK, Access.ORGANISATION)
    return guarded


def access_of(view: Callable[..., object]) -> Access | None:
    """The mark of a view, None when somebody forgot it."""
    mark = getattr(view, MARK, None)
    return mark if isinstance(mark, Access) else None


def refuse_unmarked_views(app: Flask) -> None:
    """The safe default: a route whose view carries no mark does not exist for anybody."""

    @app.before_request
    def refuse_unmarked_view() -> None:
        endpoint = request.endpoint
        if endpoint is None or endpoint in STATIC_ENDPOINTS:
            return
        if access_of(current_app.view_functions[endpoint]) is None:
            abort(404)


def _client_visit() -> ClientVisit | None:
    session = current_session()
    if session is None or session.kind != "client":
        return None
    account = wired().accounts.get(session.subject)
    connection = wired().connections.get(session.org)
    if account is None or account.state is not AccountState.ACTIVE or account.org != session.org or connection is None:
        end_session()
        return None
    return ClientVisit(
        account=account,
        scope=CustomerScope(account.org, account.customer_id),
        session=session,
        connection=connection,
        settings=wired().portal_settings.get(account.org),
    )


def _merchant_visit() -> MerchantVisit | None:
    session = current_session()
    if session is None or session.kind != "merchant":
        return None
    merchant = wired().merchants.get(session.subject)
    if merchant is None:
        end_session()
        return None
    return MerchantVisit(merchant=merchant, session=session)


def _way_back() -> str | None:
    """Where to go after signing in: only a page, never a form that was being sent."""
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
