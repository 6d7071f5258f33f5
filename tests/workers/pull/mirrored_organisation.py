"""One organisation as the portal mirrors it, held against what its merchant has in Zoho."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cache.records.sync.sync_state import SyncState
from workers.pull.lists import lists_of
from workers.pull.organisation import pull_organisation
from workers.services import Services


class MirroredOrganisation:
    """What the portal knows of one organisation, beside the merchant who knows the truth."""

    def __init__(self, services: Services, org: str, merchant: Any) -> None:
        self.services, self.org, self.merchant = services, org, merchant

    def pull(self, *, times: int = 1) -> None:
        for _ in range(times):
            pull_organisation(self.org, self.services)

    def state(self, name: str) -> SyncState:
        return self.services.sync_states.get(self.org, name)

    def status(self, kind: str, document_id: str) -> str:
        row = self.services.mirror.by_id(self.org, kind, document_id)
        return row.status if row else "none"

    def faults(self) -> list[str]:
        """Where mirror and truth differ, for every list."""
        found = []
        for kind in self.lists():
            truth = {
                item: body
                for item, body in self.merchant.truth(kind).items()
                if body.get("contact_type") != "vendor"
            }
            if set(truth) != self.services.mirror.ids(self.org, kind):
                found.append(f"{kind}: other ids")
            found += [f"{kind} {item}" for item, body in truth.items() if self._differs(kind, item, body)]
        return found

    def lists(self) -> list[str]:
        """What is mirrored of this merchant."""
        connection = self.services.connections.get(self.org)
        assert connection is not None
        return [item.name for item in lists_of(connection)]

    def some(self, kind: str, status: str) -> str:
        return next(item for item, body in self.merchant.truth(kind).items() if body["status"] == status)

    def next_in(self) -> float:
        due = self.services.sync_due.at(self.org)
        assert due is not None
        return (due - dt.datetime.now(dt.UTC)).total_seconds()

    def _differs(self, kind: str, document_id: str, body: dict[str, Any]) -> bool:
        row = self.services.mirror.by_id(self.org, kind, document_id)
        if row is None:
            return True
        is_same = (
            row.customer_id == body.get("customer_id", body.get("contact_id"))
            and row.body["id"] == document_id
        )
        if kind == "invoices":
            is_same = is_same and float(row.body["balance"]) == float(body["balance"])
        return not is_same or (kind != "payments" and row.status != body["status"])
