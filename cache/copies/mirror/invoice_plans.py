"""Which plan an invoice was made for: Zoho's lists of invoices lack it, so it is learned per subscription
(zoho.md 8).

One hash per customer, so that an eviction takes all or nothing: invoice id → plan, and "*<subscription>" →
the state of the subscription up to which its invoices are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redis import Redis

from cache.copies.mirror import keys as mirror_keys
from cache.scope import CustomerScope

KNOWN = "*"


class InvoicePlans:
    def __init__(self, copies: Redis) -> None:
        self._copies = copies

    def note(
        self, scope: CustomerScope, subscription_id: str, plan: str, invoice_ids: Iterable[str], *, state: str
    ) -> None:
        """Record the plan of these invoices. A known one keeps its plan, even if the subscription has changed
        since (zoho.md 8).
        """
        key = mirror_keys.invoice_plans(scope.org, scope.customer_id)
        with self._copies.pipeline() as pipe:
            for invoice_id in invoice_ids:
                pipe.hsetnx(key, invoice_id, plan)
            pipe.hset(key, KNOWN + subscription_id, state)
            pipe.execute()

    def known_state(self, scope: CustomerScope, subscription_id: str) -> str:
        """The subscription's state up to which its invoices are known; "" if none are."""
        found: Any = self._copies.hget(
            mirror_keys.invoice_plans(scope.org, scope.customer_id), KNOWN + subscription_id
        )
        return found or ""

    def plans(self, scope: CustomerScope) -> tuple[str, ...]:
        """Every plan the customer has an invoice of, sorted."""
        return tuple(sorted(set(self.by_invoice(scope).values())))

    def by_invoice(self, scope: CustomerScope) -> dict[str, str]:
        """Invoice id → plan, of every invoice whose plan is known."""
        found: Any = self._copies.hgetall(mirror_keys.invoice_plans(scope.org, scope.customer_id))
        return {invoice_id: plan for invoice_id, plan in found.items() if not invoice_id.startswith(KNOWN)}
