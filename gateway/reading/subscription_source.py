"""Where a client's subscriptions come from: Zoho Billing, the recurring invoices of Books, or nowhere
(zoho.md 4.7, 8).
"""

from __future__ import annotations

from connectors.zoho.document_kinds import RECURRING_INVOICES, SUBSCRIPTIONS, ZohoDocumentKind
from connectors.zoho.documents.recurring_invoice import RecurringInvoice
from connectors.zoho.documents.subscription import Subscription
from connectors.zoho.features import SubscriptionSource, subscription_source
from gateway.web.access import ClientVisit
from gateway.web.services import services

SubscriptionKind = ZohoDocumentKind[Subscription] | ZohoDocumentKind[RecurringInvoice]


def subscription_kind(visit: ClientVisit) -> SubscriptionKind | None:
    """None if the merchant has neither, which hides the section. A temporarily refused scope hides nothing
    already known.
    """
    source = subscription_source(visit.connection)
    if source is SubscriptionSource.BILLING:
        return SUBSCRIPTIONS
    if source is SubscriptionSource.RECURRING and services().mirror.count(
        visit.scope.org, RECURRING_INVOICES.name
    ):
        return RECURRING_INVOICES
    return None
