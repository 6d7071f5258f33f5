"""Organisations of Billing: the way to Billing's own organisation id, which need not be that of Books (FACTS
8).
"""

from __future__ import annotations

from connectors.zoho.billing import operations
from connectors.zoho.books.reading_answers import read_each, rows_of
from connectors.zoho.books.said import Said
from connectors.zoho.documents.organization import Organization
from connectors.zoho.http_line import ZohoLine


class BillingOrganizations:
    """`line` needs no organisation yet: the list works without (FACTS 2.1, by analogy with Books)."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def list(self) -> Said[tuple[Organization, ...]]:
        """Those that the grant's person belongs to; one that cannot be read is logged and left out. Raises
        ZohoError.
        """
        answer = self._line.get(operations.LIST_ORGANIZATIONS.at())
        found, _ = read_each(self._line, rows_of(self._line, answer, "organizations"), Organization.from_zoho)
        return Said(found, answer.said_at)
