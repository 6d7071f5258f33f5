"""How one merchant's portal looks: its name, its colour as a style sheet of its own, its logo."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from cache.records.connection import Connection
from cache.records.portal_settings import PortalSettings


@dataclass(frozen=True)
class PortalLook:
    """stylesheet, logo: addresses on our own origin, "" for Foyer's own colours and for none. welcome: words
    for who is new.
    """

    name: str
    stylesheet: str = ""
    logo: str = ""
    welcome: str = ""


def portal_look(settings: PortalSettings, connection: Connection) -> PortalLook:
    return PortalLook(
        name=settings.name_over(connection.name),
        stylesheet=url_for("looks.colours", colour=settings.colour.removeprefix("#"))
        if settings.colour
        else "",
        logo=url_for("looks.logo", name=settings.logo) if settings.logo else "",
        welcome=settings.welcome,
    )
