"""URL converters for ids. A malformed id answers 404 before any view runs."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter

from cache.records.sign_in.single_use_links import LinkKind
from config.languages import LANGUAGES


class ZohoIdConverter(BaseConverter):
    """A Zoho id: digits, kept as text, up to about 19 of them (zoho.md 2.4)."""

    regex = r"[0-9]{1,24}"


class OrderIdConverter(BaseConverter):
    """A receipt number, as people read it out: R-7K3M-9QXD."""

    regex = r"R-[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,4}"


class PaymentBatchIdConverter(BaseConverter):
    """The number of a row of payments: P-7K3M-9QXD."""

    regex = r"P-[0-9A-Z]{4}-[0-9A-Z]{4}"


class OrganisationKeyConverter(BaseConverter):
    """Data centre and organisation id: us-600123."""

    regex = r"[a-z]{2}-[0-9]{1,24}"


class SecretConverter(BaseConverter):
    """The secret of a link that was sent by mail."""

    regex = r"[A-Za-z0-9_-]{16,128}"


class LinkKindConverter(BaseConverter):
    """What a link by mail is asked for: reset or sign_in."""

    regex = "reset|sign_in"

    def to_python(self, value: str) -> LinkKind:
        return LinkKind(value)


class LanguageConverter(BaseConverter):
    """One of the languages of the client's side: de."""

    regex = "|".join(LANGUAGES)


class ColourConverter(BaseConverter):
    """Red, green and blue: 3b49c9."""

    regex = r"[0-9a-f]{6}"


class LogoNameConverter(BaseConverter):
    """The name of a picture, made of its content."""

    regex = r"[0-9a-f]{40}"


def add_url_types(app: Flask) -> None:
    """Makes <zoho_id:…>, <order_id:…>, <org_key:…>, <secret:…>, <link_kind:…>, <language:…>, <colour:…> and
    <logo_name:…> known.
    """
    app.url_map.converters.update(
        zoho_id=ZohoIdConverter,
        order_id=OrderIdConverter,
        batch_id=PaymentBatchIdConverter,
        org_key=OrganisationKeyConverter,
        secret=SecretConverter,
        link_kind=LinkKindConverter,
        language=LanguageConverter,
        colour=ColourConverter,
        logo_name=LogoNameConverter,
    )
