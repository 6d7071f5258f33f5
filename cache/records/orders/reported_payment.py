"""A payment that a client reports, as an order's payload. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cache.records.orders.payload import Payload
from config.stored_messages import N_

MODES: Mapping[str, str] = {
    "banktransfer": N_("Bank transfer"),
    "check": N_("Cheque"),
    "cash": N_("Cash"),
    "others": N_("Other"),
}
"""Zoho's name of a payment mode → its label."""


@dataclass(frozen=True)
class ReportedPayment(Payload):
    """Amount and currency are in the order itself. mode: a key of MODES. reference: the client's own, "" for
    none.
    """

    date: dt.date
    mode: str
    reference: str
    proof: str = ""

    @property
    def mode_label(self) -> str:
        return MODES[self.mode]

    def to_stored(self) -> dict[str, Any]:
        proof = {"proof": self.proof} if self.proof else {}
        return {"payment": [self.date.isoformat(), self.mode, self.reference], **proof}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        date, mode, reference = stored["payment"]
        return cls(dt.date.fromisoformat(date), mode, reference, stored.get("proof", ""))


def payment_of(payload: Payload) -> ReportedPayment | None:
    """None for orders of other kinds."""
    return payload if isinstance(payload, ReportedPayment) else None
