"""How an invoice can be paid online, and whether a payment is under way."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from connectors.zoho.documents.schema import NestedList, ZohoSchema
from connectors.zoho.documents.zoho_fields import Boolean, Text, Tolerant


class IsPresent(Tolerant[bool]):
    """Whether it is non-empty: used for lists whose items we do not read."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        return bool(value)


class GatewaySchema(ZohoSchema[str]):
    """One gateway → its name, "" unless the merchant has configured it."""

    name = Text(data_key="gateway_name")
    configured = Boolean()

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> str:
        return str(values.get("name", "")) if values.get("configured") else ""


class PaymentOptionsSchema(ZohoSchema[tuple[str, ...]]):
    """`payment_options` → names of the configured gateways."""

    gateways = NestedList(GatewaySchema, data_key="payment_gateways")

    @post_load
    def build(self, values: dict[str, Any], **_: Any) -> tuple[str, ...]:
        return tuple(name for name in values.get("gateways", ()) if name)
