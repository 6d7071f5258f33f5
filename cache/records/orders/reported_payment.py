"""A payment that a client reports, as an order's payload. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from config.stored_messages import N_

MODES: Mapping[str, str] = {
    "banktransfer": N_("Bank transfer"),
    "check": N_("Cheque"),
    "cash": N_("Cash"),
    "others": N_("Other"),
}
"""Zoho's name of a payment mode → its label."""


class ReportedPayment(NamedTuple):
    """Amount and currency are in the order itself. mode: a key of MODES. reference: the client's own, "" for
    none.
    """

    date: dt.date
    mode: str
    reference: str

    @property
    def mode_label(self) -> str:
        return MODES[self.mode]


def as_payload(payment: ReportedPayment) -> dict[str, Any]:
    """For the `payload` of an order."""
    return {"payment": [payment.date.isoformat(), payment.mode, payment.reference]}


def payment_of(payload: Mapping[str, Any]) -> ReportedPayment | None:
    """From the `payload` of an order; None for orders of other kinds."""
    if "payment" not in payload:
        return None
    date, mode, reference = payload["payment"]
    return ReportedPayment(dt.date.fromisoformat(date), mode, reference)
