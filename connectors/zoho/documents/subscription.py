"""A subscription of Zoho Billing: a plan that renews each term (zoho.md 4.8, 5.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import pre_load

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.payment_method import Card, CardSchema
from connectors.zoho.documents.schema import Nested, NestedList, ZohoSchema, parse
from connectors.zoho.documents.version import VersionedDocument
from connectors.zoho.documents.zoho_fields import (
    Amount,
    Boolean,
    Count,
    Day,
    Identifier,
    Instant,
    Text,
    is_absent,
)

RUNNING_STATUSES = frozenset({"live", "trial", "dunning", "unpaid", "non_renewing"})
"""Statuses in which the customer has the plan's service. Unknown statuses get no meaning (zoho.md 10.25)."""


@dataclass(frozen=True, kw_only=True)
class PlanLine(Document):
    """The plan, or an add-on, as this subscription has it. Amounts in the subscription's currency."""

    code: str = ""
    name: str = ""
    quantity: Decimal | None = None
    price: Decimal | None = None
    total: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Subscription(VersionedDocument):
    """List rows leave plan, add-ons and card empty. amount: of one term, in `currency`.

    is_automatic: whether Zoho charges a stored card itself; None if Zoho does not tell. An offline
    subscription is paid invoice by invoice.
    """

    id: str
    name: str = ""
    plan_name: str = ""
    plan: PlanLine = PlanLine()
    addons: tuple[PlanLine, ...] = ()
    status: str
    amount: Decimal | None = None
    currency: str = ""
    customer_id: str
    customer_name: str = ""
    created_on: dt.date | None = None
    activated_on: dt.date | None = None
    term_starts_on: dt.date | None = None
    term_ends_on: dt.date | None = None
    last_billing_on: dt.date | None = None
    next_billing_on: dt.date | None = None
    expires_on: dt.date | None = None
    interval: int | None = None
    interval_unit: str = ""
    is_automatic: bool | None = None
    card: Card | None = None
    newest_invoice_id: str = ""
    modified_at: dt.datetime | None = None

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Subscription:
        """From a list row or from a detail. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)

    @property
    def plan_label(self) -> str:
        """The plan's name, which rows and details keep in different places."""
        return self.plan_name or self.plan.name or self.name


class PlanLineSchema(ZohoSchema[PlanLine]):
    """Plans have `plan_code`, add-ons `addon_code`."""

    document = PlanLine
    aliases: ClassVar = {"plan_code": ("addon_code",)}

    code = Text(data_key="plan_code")
    name = Text()
    quantity = Amount()
    price = Amount()
    total = Amount()


class SubscriptionSchema(ZohoSchema[Subscription]):
    document = Subscription
    kind = "subscription"
    id_key = "subscription_id"

    id = Identifier(required=True, data_key="subscription_id")
    name = Text()
    plan_name = Text()
    plan = Nested(PlanLineSchema)
    addons = NestedList(PlanLineSchema)
    status = Text(required=True)
    amount = Amount()
    currency = Text(data_key="currency_code")
    customer_id = Identifier(required=True)
    customer_name = Text()
    created_on = Day(data_key="created_at")
    activated_on = Day(data_key="activated_at")
    term_starts_on = Day(data_key="current_term_starts_at")
    term_ends_on = Day(data_key="current_term_ends_at")
    last_billing_on = Day(data_key="last_billing_at")
    next_billing_on = Day(data_key="next_billing_at")
    expires_on = Day(data_key="expires_at")
    interval = Count()
    interval_unit = Text()
    is_automatic = Boolean(data_key="auto_collect")
    card = Nested(CardSchema)
    newest_invoice_id = Text(data_key="child_invoice_id")
    modified_at = Instant(data_key="updated_time")

    @pre_load
    def flatten_customer(self, body: Any, **_: Any) -> Any:
        """Rows have the customer at the top, details only inside `customer` (subscription.yml)."""
        customer = body.get("customer") if isinstance(body, dict) else None
        if not isinstance(customer, dict):
            return body
        lifted = {
            ours: customer.get(theirs)
            for ours, theirs in (("customer_id", "customer_id"), ("customer_name", "display_name"))
        }
        return {
            **body,
            **{
                name: value
                for name, value in lifted.items()
                if is_absent(body.get(name)) and not is_absent(value)
            },
        }


SCHEMA = SubscriptionSchema()
