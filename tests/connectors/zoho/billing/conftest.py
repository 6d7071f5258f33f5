"""Zoho Billing with answers that the test writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import responses

from cache.stores import Stores
from connectors.zoho.api.product import BILLING
from connectors.zoho.billing.client import BillingClient
from tests.connectors.zoho.canned import API, an_api_client


class CannedBilling:
    """says(…) writes an answer; sent() and asked() tell what the connectors sent last."""

    def __init__(self, mock: responses.RequestsMock) -> None:
        self._mock = mock

    def says(self, path: str, *, method: str = "GET", http: int = 200, **body: Any) -> None:
        text = json.dumps({"code": 0, "message": "success", **body})
        self._mock.add(
            method, f"{API}/billing/v1{path}", body=text, status=http, content_type="application/json"
        )

    def sent(self) -> Any:
        """The JSON body of the last request."""
        return json.loads(self._mock.calls[-1].request.body or "null")

    def asked(self) -> dict[str, list[str]]:
        """The parameters of the last request."""
        return parse_qs(urlsplit(str(self._mock.calls[-1].request.url)).query)

    @property
    def calls(self) -> int:
        return len(self._mock.calls)

    def headers(self) -> dict[str, str]:
        return dict(self._mock.calls[-1].request.headers)


@pytest.fixture
def zoho() -> Iterator[CannedBilling]:
    with responses.RequestsMock() as mock:
        yield CannedBilling(mock)


@pytest.fixture
def billing(stores: Stores) -> BillingClient:
    return BillingClient(an_api_client(stores, BILLING))
