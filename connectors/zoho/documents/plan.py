"""A plan of Zoho Billing. It is identified by its code, not by an id (zoho.md 4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from connectors.zoho.documents.document import Document
from connectors.zoho.documents.schema import ZohoSchema, parse
from connectors.zoho.documents.zoho_fields import Amount, Count, Text


@dataclass(frozen=True, kw_only=True)
class Plan(Document):
    """price: of one term, in the organisation's currency; None if Zoho gave none."""

    code: str
    name: str = ""
    price: Decimal | None = None
    interval: int | None = None
    interval_unit: str = ""
    status: str = ""

    @property
    def id(self) -> str:
        return self.code

    @classmethod
    def from_zoho(cls, body: object, *, org: str = "") -> Plan:
        """From a list row. Raises ZohoUnreadable."""
        return parse(SCHEMA, body, org=org)


class PlanSchema(ZohoSchema[Plan]):
    document = Plan
    kind = "plan"
    id_key = "plan_code"

    code = Text(required=True, data_key="plan_code")
    name = Text()
    price = Amount(data_key="recurring_price")
    interval = Count()
    interval_unit = Text()
    status = Text()


SCHEMA = PlanSchema()
