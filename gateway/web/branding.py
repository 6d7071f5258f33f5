"""How one merchant's portal looks: its name, its colour as a style sheet of its own, its logo."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from cache.records.connections.connection import Connection
from cache.records.portal.portal_settings import PortalSettings


@dataclass(frozen=True)
class Branding:
    """stylesheet, logo: addresses on our own origin, "" for Foyer's own colours and for none. welcome: words
    for who is new.
    """

    name: str
    stylesheet: str = ""
    logo: str = ""
    welcome: str = ""


def branding_of(settings: PortalSettings, connection: Connection) -> Branding:
    return Branding(
        name=settings.displayed_name(connection.name),
        stylesheet=url_for("branding.colours", colour=settings.colour.removeprefix("#"))
        if settings.colour
        else "",
        logo=url_for("branding.logo", name=settings.logo) if settings.logo else "",
        welcome=settings.welcome,
    )
