"""Keys of orders; the rules are those of cache/keys.py."""

from __future__ import annotations


def order(org: str, order_id: str) -> str:
    return f"o:{{{org}}}:order:{order_id}"


def document_queue(org: str, document_id: str) -> str:
    """Ids of the open orders on one document, in the order they were recorded."""
    return f"o:{{{org}}}:document:{document_id}:orders"


def customer_orders(org: str, customer_id: str) -> str:
    return f"o:{{{org}}}:customer:{customer_id}:orders"


def organisation_orders(org: str) -> str:
    return f"o:{{{org}}}:orders"


def order_form(org: str, form_key: str) -> str:
    return f"o:{{{org}}}:form:{form_key}"


def payment_proof(org: str, order_id: str) -> str:
    """Sealed: a file that a client attached to a reported payment."""
    return f"o:{{{org}}}:proof:{order_id}"


def payment_batch(org: str, batch_id: str) -> str:
    """Several invoices that a client pays one after the other."""
    return f"o:{{{org}}}:round:{batch_id}"


def every_order() -> str:
    """A SCAN pattern for the orders of all organisations."""
    return "o:{*}:order:*"


def migrated() -> str:
    """There for an hour after every order was given the field names of this release."""
    return "orders:migrated"
