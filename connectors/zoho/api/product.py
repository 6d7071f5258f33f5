"""Zoho's products: base path, and how each is told the organisation (zoho.md 2.1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """One of Zoho's products: its base path, and whether the organisation goes into a parameter or a header
    (zoho.md 2.1).

    is_essential: whether a refusal means connecting again, or only the loss of this product's features.
    """

    name: str
    base_path: str
    organization_param: str = ""
    organization_header: str = ""
    is_essential: bool = False


BOOKS = Product("books", "/books/v3", organization_param="organization_id", is_essential=True)
BILLING = Product("billing", "/billing/v1", organization_header="X-com-zoho-subscriptions-organizationid")
