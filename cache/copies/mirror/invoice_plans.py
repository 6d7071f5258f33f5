"""Which plan an invoice was made for: Zoho's invoice lists do not say, it is learned subscription by
subscription (zoho.md 8).

One hash per customer, so that an eviction takes all of it or nothing: invoice id → plan, and
"*<subscription>" → the state of the subscription up to which its invoices are known.
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
        """These invoices are of this plan. One that is known already keeps its plan: the one it was billed
        under, though the subscription has changed since (zoho.md 8).
        """
        key = mirror_keys.invoice_plans(scope.org, scope.customer_id)
        with self._copies.pipeline() as pipe:
            for invoice_id in invoice_ids:
                pipe.hsetnx(key, invoice_id, plan)
            pipe.hset(key, KNOWN + subscription_id, state)
            pipe.execute()

    def known_state(self, scope: CustomerScope, subscription_id: str) -> str:
        """Up to which state of the subscription its invoices are known; "" for not at all."""
        found: Any = self._copies.hget(
            mirror_keys.invoice_plans(scope.org, scope.customer_id), KNOWN + subscription_id
        )
        return found or ""

    def plans(self, scope: CustomerScope) -> tuple[str, ...]:
        """Every plan the customer has an invoice of, in order."""
        return tuple(sorted(set(self.by_invoice(scope).values())))

    def by_invoice(self, scope: CustomerScope) -> dict[str, str]:
        """Invoice id → plan, of every invoice whose plan is known."""
        found: Any = self._copies.hgetall(mirror_keys.invoice_plans(scope.org, scope.customer_id))
        return {invoice_id: plan for invoice_id, plan in found.items() if not invoice_id.startswith(KNOWN)}
