"""One merchant's branding: name, colour stylesheet and logo."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from cache.records.connections.connection import Connection
from cache.records.portal.portal_settings import PortalSettings


@dataclass(frozen=True)
class Branding:
    """stylesheet, logo: same-origin URLs; "" for Foyer's own colours and for no logo. welcome: text for new
    clients.
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
