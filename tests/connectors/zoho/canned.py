"""A line to a Zoho whose answers a test writes itself, so that Zoho can misbehave at will."""

from __future__ import annotations

from cache.records.connections.call_budget import CallBudget, CallClass
from cache.records.connections.refused_scopes import RefusedScopes
from cache.stores import Stores
from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_protocols import ApiTenant
from connectors.zoho.api.product import BOOKS, Product
from connectors.zoho.api.transport import Transport

API = "https://www.zohoapis.eu"


class FixedToken:
    """A vault whose token is always good."""

    def access_token(self, org: str) -> str:
        return "t1"

    def renew(self, org: str, refused: str) -> str:
        return refused

    def mark_lost(self, org: str, refused: str, why: str) -> None:
        raise AssertionError("no test here loses its access")


def an_api_client(stores: Stores, product: Product = BOOKS) -> ApiClient:
    tenant = ApiTenant(
        org="eu-77",
        product=product,
        organization_id="77",
        api_url=API,
        time_zone="Europe/Berlin",
        granted_scopes=(),
    )
    return ApiClient(
        tenant,
        transport=Transport(connect_timeout=1, read_timeout=5),
        tokens=FixedToken(),
        budget=CallBudget(stores.records, per_minute=95, at_once=4),
        refusals=RefusedScopes(stores.records),
        call_class=CallClass.SYNC,
    )
