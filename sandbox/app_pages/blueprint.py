"""The blueprint of the merchant's pages, "Zoho Books, sandbox", and what its views share."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort

from sandbox.amounts import Number, formatted
from sandbox.runtime import place
from sandbox.times import date_formatted
from sandbox.world import Organisation, Record

app_pages = Blueprint("app_pages", __name__, url_prefix="/app")


def organisation_or_404(organization_id: str) -> Organisation:
    """An organisation of this data centre."""
    found = place().centre.organisations.get(organization_id)
    if found is None:
        abort(404)
    return found


def record_or_404(records: Mapping[str, Record], key: str) -> Record:
    """A document of the current organisation."""
    if key not in records:
        abort(404)
    return records[key]


def person_of(organisation: Organisation) -> Record:
    """The merchant using the page: the organisation's first member."""
    return place().centre.users[organisation.member_ids[0]]


@app_pages.app_template_filter("amount_of")
def amount_of(value: Number, organisation: Organisation, currency_code: str) -> str:
    """An amount in its currency, for people."""
    currency = organisation.currencies[currency_code]
    return formatted(value, currency["price_precision"], currency["currency_symbol"])


@app_pages.app_template_filter("day_of")
def day_of(text: str, organisation: Organisation) -> str:
    """A date as the organisation writes it."""
    return date_formatted(text, organisation.details["date_format"])
