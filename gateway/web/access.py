"""Who may open which page. Every view carries exactly one of these decorators; a view without one always
answers 404.

open_to_all         no sign-in needed
client_only         a client; the view gets a ClientVisit first; 404 if the merchant switched the module off.
                    A merchant viewing as a client may open only what VIEWABLE_BLUEPRINTS names
merchant_only       a merchant; the view gets a MerchantVisit first
organisation_only   a merchant with access to the <org> in the URL; the view gets an OrganisationVisit first;
                    404 for anyone else. Unsafe requests need more than the read-only role
read_only_allowed   the same, for a form that changes nothing: read-only colleagues may send it too
owner_only          the same, for owners only
open_to_machines    for programs: no session, so the request must authenticate itself and CSRF does not apply
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.accounts.team import MerchantRole
from cache.records.connections.connection import ConnectionState
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.web.modules import page_is_enabled
from gateway.web.presence import record_presence
from gateway.web.services import services
from gateway.web.visits import (
    ANY_ROLE,
    EDITING_ROLES,
    OWNERS,
    ClientVisit,
    MerchantVisit,
    OrganisationVisit,
    client_visit,
    merchant_visit,
)

__all__ = ["ClientVisit", "MerchantVisit", "OrganisationVisit"]
"""Every view takes its visit from beside its decorator."""

P = ParamSpec("P")
ACCESS_ATTRIBUTE = "foyer_access"
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

VIEWABLE_BLUEPRINTS = frozenset(row.blueprint for row in DOCUMENT_PAGES.values() if row.blueprint) | {
    "dashboard",
    "estimate_answers",
    "invoice_credits",
    "payment_reports",
    "statements",
    "requests",
    "details",
    "person_edits",
    "company_edits",
    "contact",
    "activity",
}
"""Client pages that a merchant may look at as a client. All others, what was not thought of as well, are the
client's own.
"""


class Access(StrEnum):
    """Who a view is open to."""

    ALL = "open_to_all"
    CLIENT = "client_only"
    MERCHANT = "merchant_only"
    ORGANISATION = "organisation_only"
    MACHINE = "open_to_machines"


def open_to_all(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Marks a view that needs no sign-in."""
    setattr(view, ACCESS_ATTRIBUTE, Access.ALL)
    return view


def open_to_machines(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Marks a view for programs. It must neither read a session nor rely on one."""
    setattr(view, ACCESS_ATTRIBUTE, Access.MACHINE)
    return view


def client_only(
    view: Callable[Concatenate[ClientVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Lets clients in; others are redirected to sign in and then brought back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        visit = client_visit()
        if visit is None:
            if request.accept_mimetypes.best == "application/json":
                abort(401)
            return redirect(url_for("sign_in.show", next=_return_path()), code=303)
        g.visit = visit
        g.time_zone = visit.connection.time_zone
        if visit.connection.state is ConnectionState.DISCONNECTED:
            return make_response(render_template("web/portal_closed.html"), 410)
        if not page_is_enabled(visit.settings, request.endpoint or ""):
            abort(404)
        if visit.viewer is not None:
            if request.method not in SAFE_METHODS or request.blueprint not in VIEWABLE_BLUEPRINTS:
                return make_response(render_template("web/viewers_may_not.html"), 403)
        elif visit.is_connected:
            record_presence(visit.scope.org)
        return view(visit, *args, **kwargs)

    setattr(guarded, ACCESS_ATTRIBUTE, Access.CLIENT)
    return guarded


def merchant_only(
    view: Callable[Concatenate[MerchantVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Lets merchants in; others are redirected to the merchants' sign-in page."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        visit = merchant_visit()
        if visit is None:
            return redirect(url_for("merchant_connection.landing"), code=303)
        g.visit = visit
        return view(visit, *args, **kwargs)

    setattr(guarded, ACCESS_ATTRIBUTE, Access.MERCHANT)
    return guarded


def organisation_only(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Takes <org> from the URL and lets in only merchants with access to it. 404 otherwise, so that an
    organisation's existence is not revealed. Every role may read; owners and staff may change.
    """
    return _organisation_guard(view, reading=ANY_ROLE, changing=EDITING_ROLES)


def read_only_allowed(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Like organisation_only, for a form that changes nothing in the organisation."""
    return _organisation_guard(view, reading=ANY_ROLE, changing=ANY_ROLE)


def owner_only(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Like organisation_only, for owners only."""
    return _organisation_guard(view, reading=OWNERS, changing=OWNERS)


def _organisation_guard(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
    *,
    reading: frozenset[MerchantRole],
    changing: frozenset[MerchantRole],
) -> Callable[P, ResponseReturnValue]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        org = str(kwargs.pop("org"))
        visit = merchant_visit()
        if visit is None:
            return redirect(url_for("merchant_connection.landing"), code=303)
        connection = services().connections.get(org) if org in visit.merchant.orgs else None
        role = services().team.role(org, visit.merchant.id)
        if connection is None or role is None:
            abort(404)
        inside = OrganisationVisit(
            merchant=visit.merchant, session=visit.session, org=org, connection=connection, role=role
        )
        g.visit = inside
        g.time_zone = connection.time_zone
        needed = reading if request.method in SAFE_METHODS else changing
        if role not in needed:
            return make_response(render_template("merchant/may_not.html", needs_owner=needed == OWNERS), 403)
        return view(inside, *args, **kwargs)

    setattr(guarded, ACCESS_ATTRIBUTE, Access.ORGANISATION)
    return guarded


def access_of(view: Callable[..., object]) -> Access | None:
    """The access mark of a view; None if it has no decorator."""
    mark = getattr(view, ACCESS_ATTRIBUTE, None)
    return mark if isinstance(mark, Access) else None


def refuse_unmarked_views(app: Flask) -> None:
    """Safe default: a route whose view has no access mark answers 404."""

    @app.before_request
    def refuse_unmarked_view() -> None:
        endpoint = request.endpoint
        if endpoint is None or endpoint in STATIC_ENDPOINTS:
            return
        if access_of(current_app.view_functions[endpoint]) is None:
            abort(404)


def _return_path() -> str | None:
    """The path to return to after sign-in; pages only, because a form submission cannot be replayed."""
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
