"""Who may open which page. Exactly one of these decorators stands under every route; a view without one
answers 404 to everybody.

open_to_all         nobody need be signed in
client_only         a client; the view gets a ClientVisit first; 404 in a module the merchant has switched
off. A merchant who looks as a
                    client may read what SHOWN_TO_VIEWERS names
merchant_only       a merchant; the view gets a MerchantVisit first
organisation_only   a merchant who looks after the <org> of the address; the view gets an OrganisationVisit
first, everybody else 404.
                    What changes something needs more than the role read-only
readers_too         the same, where a form changes nothing: open to read-only colleagues as well
owner_only          the same, for owners alone
open_to_machines    no browser: there is no session, what is sent must prove itself, and CSRF has no meaning
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import Flask, abort, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.connection import ConnectionState
from cache.records.team import MerchantRole
from gateway.modules import is_there
from gateway.reading.readers_presence import note_reader
from gateway.visits import (
    ANY_ROLE,
    MANY_ROLES,
    OWNERS,
    ClientVisit,
    MerchantVisit,
    OrganisationVisit,
    client_visit,
    merchant_visit,
)
from gateway.wiring import wired

__all__ = ["ClientVisit", "MerchantVisit", "OrganisationVisit"]
"""Every view takes its visit from beside its decorator."""

P = ParamSpec("P")
MARK = "foyer_access"
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

SHOWN_TO_VIEWERS = frozenset(
    {
        "dashboard",
        "estimates",
        "estimate_answers",
        "invoices",
        "invoice_credits",
        "payment_reports",
        "payments",
        "subscriptions",
        "statements",
        "credit_notes",
        "requests",
        "details",
        "person_edits",
        "company_edits",
        "contact",
        "activity",
    }
)
"""Client pages that a merchant may look at as a client. All others, what was not thought of as well, are the
client's own.
"""


class Access(StrEnum):
    """Under what a view is open."""

    ALL = "open_to_all"
    CLIENT = "client_only"
    MERCHANT = "merchant_only"
    ORGANISATION = "organisation_only"
    MACHINE = "open_to_machines"


def open_to_all(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Marks a view that needs no sign-in."""
    setattr(view, MARK, Access.ALL)
    return view


def open_to_machines(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Marks a view for programs, which looks at no session and changes nothing on the strength of one."""
    setattr(view, MARK, Access.MACHINE)
    return view


def client_only(
    view: Callable[Concatenate[ClientVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Lets clients in; everybody else is sent to the sign-in page and back afterwards."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        visit = client_visit()
        if visit is None:
            if request.accept_mimetypes.best == "application/json":
                abort(401)
            return redirect(url_for("sign_in.show", next=_way_back()), code=303)
        g.visit = visit
        g.time_zone = visit.connection.time_zone
        if visit.connection.state is ConnectionState.DISCONNECTED:
            return make_response(render_template("pages/portal_closed.html"), 410)
        if not is_there(visit.settings, request.endpoint or ""):
            abort(404)
        if visit.viewer is not None:
            if request.method not in SAFE_METHODS or request.blueprint not in SHOWN_TO_VIEWERS:
                return make_response(render_template("pages/viewers_may_not.html"), 403)
        elif visit.is_connected:
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
        visit = merchant_visit()
        if visit is None:
            return redirect(url_for("merchant_connection.landing"), code=303)
        g.visit = visit
        return view(visit, *args, **kwargs)

    setattr(guarded, MARK, Access.MERCHANT)
    return guarded


def organisation_only(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Takes <org> out of the address and lets in only a merchant who looks after it; a stranger's
    organisation is as absent as an unknown one. Reading is for everybody there, changing for owners and
    staff.
    """
    return _inside(view, reading=ANY_ROLE, changing=MANY_ROLES)


def readers_too(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """As organisation_only, for a form that changes nothing of the organisation's."""
    return _inside(view, reading=ANY_ROLE, changing=ANY_ROLE)


def owner_only(
    view: Callable[Concatenate[OrganisationVisit, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """As organisation_only, for owners alone."""
    return _inside(view, reading=OWNERS, changing=OWNERS)


def _inside(
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
        connection = wired().connections.get(org) if org in visit.merchant.orgs else None
        role = wired().team.role(org, visit.merchant.id)
        if connection is None or role is None:
            abort(404)
        inside = OrganisationVisit(
            merchant=visit.merchant, session=visit.session, org=org, connection=connection, role=role
        )
        g.visit = inside
        g.time_zone = connection.time_zone
        needed = reading if request.method in SAFE_METHODS else changing
        if role not in needed:
            return make_response(
                render_template("pages/merchant/may_not.html", needs_owner=needed == OWNERS), 403
            )
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


def _way_back() -> str | None:
    """Where to go after signing in: only a page, never a form that was being sent."""
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
