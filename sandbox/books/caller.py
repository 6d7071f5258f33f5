"""Who calls, for which organisation and with which scopes; and the decorator for every Books view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from flask import Response, g

from sandbox import tokens
from sandbox.refusals import Refused, not_authorised
from sandbox.runtime import place
from sandbox.world import DataCentre, Organisation, Record, World

P = ParamSpec("P")
WITHOUT_ORGANISATION = "/books/v3/organizations"


@dataclass(frozen=True)
class Caller:
    """The holder of a token; `organisation` is None only if none was requested."""

    user: Record
    scopes: tuple[str, ...]
    organisation: Organisation | None
    service: str = "ZohoBooks"
    """The product's prefix of scopes."""

    def may(self, scope: str) -> bool:
        """Whether `module.OPERATION` was granted, by itself, by its ALL, or by full access."""
        module = scope.partition(".")[0]
        return bool(
            {f"{self.service}.{scope}", f"{self.service}.{module}.ALL", f"{self.service}.fullaccess.all"}
            & set(self.scopes)
        )


@dataclass(frozen=True)
class Call:
    """What a Books view gets."""

    world: World
    centre: DataCentre
    organisation: Organisation
    user: Record


def identify(world: World, centre: DataCentre, token: str, organization_id: str, path: str) -> Caller:
    """The caller behind a token.

    Raises Refused: 57 bad or foreign token, 9017 no organisation, 6041 not theirs (zoho.md 2.1, 3.2).

    `GET /organizations` needs no organisation (zoho.md 2.1); `/organizations/{id}` has its own in the path.
    """
    found = tokens.holder(world, centre, token)
    if found is None:
        raise not_authorised()
    user = centre.users[found["user_id"]]
    if not organization_id and path.startswith(WITHOUT_ORGANISATION):
        organization_id = path.removeprefix(WITHOUT_ORGANISATION).strip("/")
        if not organization_id:
            return Caller(user, tuple(found["scopes"]), None)
    if not organization_id:
        raise Refused(9017, "Please specify the organization ID in the request.")
    organisation = centre.organisations.get(organization_id)
    if organisation is None or user["user_id"] not in organisation.member_ids:
        raise Refused(6041, "This user is not associated with the CompanyID/CompanyName given.")
    return Caller(user, tuple(found["scopes"]), organisation)


def needs(scope: str) -> Callable[[Callable[Concatenate[Call, P], Response]], Callable[P, Response]]:
    """Pass a view its Call if the caller's scopes allow it: `needs("estimates.READ")`. Code 57 otherwise."""

    def decorate(view: Callable[Concatenate[Call, P], Response]) -> Callable[P, Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
            caller: Caller = g.caller
            if not caller.may(scope):
                raise not_authorised()
            if caller.organisation is None:
                raise Refused(9017, "Please specify the organization ID in the request.")
            here = place()
            return view(Call(here.world, here.centre, caller.organisation, caller.user), *args, **kwargs)

        return guarded

    return decorate


def settings_reader() -> tuple[Record, tuple[Organisation, ...]]:
    """The user behind a call without organisation, and that user's organisations.

    Raises Refused without settings.READ.
    """
    caller: Caller = g.caller
    if not caller.may("settings.READ"):
        raise not_authorised()
    theirs = [
        organisation
        for organisation in place().centre.organisations.values()
        if caller.user["user_id"] in organisation.member_ids
    ]
    return caller.user, tuple(theirs)


def body_of(data: Any) -> Record:
    """A JSON body that must be an object. Raises Refused."""
    if not isinstance(data, dict):
        raise Refused(9, "The request body must be a JSON object.")
    return data
