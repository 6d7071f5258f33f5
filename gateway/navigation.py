"""The entries of the client's menu."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A menu entry: where it leads, its word, and the blueprints whose pages it stands for."""

    endpoint: str
    word: str
    blueprints: tuple[str, ...]


CLIENT_MENU = (
    Entry("dashboard.show", "Home", ("dashboard",)),
    Entry("estimates.listing", "Estimates", ("estimates", "estimate_answers")),
    Entry("invoices.listing", "Invoices", ("invoices",)),
    Entry("payments.listing", "Payments", ("payments",)),
    Entry("requests.listing", "Requests", ("requests",)),
)
