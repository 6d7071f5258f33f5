"""What an id in an address may look like. What does not, is no address of ours: 404 before any view runs."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter


class ZohoIdConverter(BaseConverter):
    """A Zoho id: digits, kept as text, up to about 19 of them (FACTS 2.4)."""

    regex = r"[0-9]{1,24}"


class OrderIdConverter(BaseConverter):
    """A receipt number, as people read it out: R-7K3M-9QXD."""

    regex = r"R-[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,4}"


class OrganisationKeyConverter(BaseConverter):
    """Data centre and organisation id: us-600123."""

    regex = r"[a-z]{2}-[0-9]{1,24}"


class SecretConverter(BaseConverter):
    """The secret of an invitation link."""

    regex = r"[A-Za-z0-9_-]{16,128}"


def add_url_types(app: Flask) -> None:
    """Makes <zoho_id:…>, <order_id:…>, <org_key:…> and <secret:…> known."""
    app.url_map.converters.update(
        zoho_id=ZohoIdConverter, order_id=OrderIdConverter, org_key=OrganisationKeyConverter, secret=SecretConverter
    )
