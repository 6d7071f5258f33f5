"""A line to a Zoho whose answers a test writes itself, so that Zoho can misbehave at will."""

from __future__ import annotations

from cache.records.connections.call_budget import CallBudget, CallClass
from cache.records.connections.refused_scopes import RefusedScopes
from cache.stores import Stores
from connectors.zoho.http_line import ZohoLine
from connectors.zoho.line_partners import Subscriber
from connectors.zoho.product import BOOKS, Product
from connectors.zoho.transport import Transport

API = "https://www.zohoapis.eu"


class OneToken:
    """A vault whose token is always good."""

    def access_token(self, org: str) -> str:
        return "t1"

    def renewed(self, org: str, refused: str) -> str:
        return refused

    def lost(self, org: str, refused: str, why: str) -> None:
        raise AssertionError("no test here loses its access")


def a_line(stores: Stores, product: Product = BOOKS) -> ZohoLine:
    subscriber = Subscriber(
        org="eu-77", organization_id="77", api_url=API, time_zone="Europe/Berlin", granted=()
    )
    return ZohoLine(
        subscriber,
        product=product,
        transport=Transport(connect_timeout=1, read_timeout=5),
        tokens=OneToken(),
        budget=CallBudget(stores.records, per_minute=95, at_once=4),
        refusals=RefusedScopes(stores.records),
        call_class=CallClass.SYNC,
    )
