"""Zoho's two products under one roof: each exchange goes to the checker of the product that its address
names.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from requests import PreparedRequest, Response

from tests.contract.checker import Checker, Finding
from tests.contract.deviations import RENAMES
from tests.contract.exchange import Exchange
from tests.contract.shapes import document_of

PREFIXES: Mapping[str, str] = {"books": "", "billing": "billing "}
"""What stands before the operations of a product: Books and Billing both have GET /invoices."""


class Products:
    """The shapes of both products."""

    def __init__(self) -> None:
        self._checkers = {
            product: Checker(document_of(product), RENAMES, prefix=prefix)
            for product, prefix in PREFIXES.items()
        }

    def operation_of(self, request: PreparedRequest) -> str:
        return self._for(request).operation_of(request)

    def check_request(self, request: PreparedRequest) -> set[Finding]:
        return self._for(request).check_request(request)

    def check_answer(self, request: PreparedRequest, answer: Response) -> set[Finding]:
        return self._for(request).check_answer(request, answer)

    def _for(self, request: PreparedRequest) -> Checker:
        return self._checkers[product_of(request)]


def product_of(request: PreparedRequest) -> str:
    """ "books", "billing", or "" for an address that is none of the two."""
    first = urlsplit(request.url or "").path.split("/")[1]
    return first if first in PREFIXES else ""


def of_the_products(exchanges: list[Exchange]) -> list[Exchange]:
    """Without what goes to the accounts server and to the sandbox's own control."""
    return [exchange for exchange in exchanges if product_of(exchange.request)]
