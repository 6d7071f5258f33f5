"""Which organisation of Zoho Billing belongs to a connected one: looked for at connect, and whenever the
merchant asks (zoho.md 8).
"""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from cache.records.connections.connection import BillingUse, Connection
from connectors.zoho.api.errors import ZohoError, ZohoNotFound, ZohoRefused, ZohoScopeMissing
from connectors.zoho.documents.organization import Organization
from gateway.web.services import services

log = structlog.get_logger()


def find_billing(org: str) -> BillingUse:
    """Ask Zoho Billing, and note what came of it. One call; never raises for Zoho's sake: Books goes on
    without Billing.

    What was found once stays while Zoho cannot be asked.
    """
    connection = services().connections.get(org)
    if connection is None:
        return BillingUse.UNUSED
    use, found = _ask_billing(connection)
    if use is BillingUse.NOT_ANSWERED and connection.billing_organization_id:
        use, found = BillingUse.FOUND, connection.billing_organization_id
    services().connections.save_billing(org, use, billing_organization_id=found)
    log.info("billing_looked_for", org=org, found=use.value)
    return use


def matching_organisation(connection: Connection, listed: Iterable[Organization]) -> Organization | None:
    """The one of the same id, else the only one of the same name. Anything else would be a guess at another
    company's data.
    """
    active = [item for item in listed if item.is_active is not False]
    same_name = [item for item in active if _normalised(item.name) == _normalised(connection.name)]
    same = [item for item in active if item.id == connection.organization_id] or same_name
    return same[0] if len(same) == 1 else None


def _ask_billing(connection: Connection) -> tuple[BillingUse, str]:
    data_centre = services().settings.data_centres.get(connection.dc)
    if data_centre is None or not data_centre.has_billing:
        return BillingUse.NOT_OFFERED, ""
    try:
        found = matching_organisation(connection, services().zoho.billing_organizations(connection.org))
    except ZohoScopeMissing:
        return BillingUse.NOT_ALLOWED, ""
    except (ZohoRefused, ZohoNotFound):
        # What Zoho answers to who has no Billing is not documented (zoho.md 10.21).
        return BillingUse.NOT_FOUND, ""
    except ZohoError:
        return BillingUse.NOT_ANSWERED, ""
    return (BillingUse.FOUND, found.id) if found is not None else (BillingUse.NOT_FOUND, "")


def _normalised(name: str) -> str:
    return " ".join(name.casefold().split())
