"""A payment that a client says they have made, as an order carries it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from config.phrases import marked

MODES: Mapping[str, str] = {
    "banktransfer": marked("Bank transfer"),
    "check": marked("Cheque"),
    "cash": marked("Cash"),
    "others": marked("Other"),
}
"""Zoho's word for a way of paying → what people call it."""


class ReportedPayment(NamedTuple):
    """Amount and currency stand in the order itself. mode: a key of MODES. reference: the client's own, ""
    for none.
    """

    date: dt.date
    mode: str
    reference: str

    @property
    def mode_words(self) -> str:
        return MODES[self.mode]


def as_shown(payment: ReportedPayment) -> dict[str, Any]:
    """For the `shown` of an order."""
    return {"payment": [payment.date.isoformat(), payment.mode, payment.reference]}


def payment_of(shown: Mapping[str, Any]) -> ReportedPayment | None:
    """From the `shown` of an order; None for orders of other kinds."""
    if "payment" not in shown:
        return None
    date, mode, reference = shown["payment"]
    return ReportedPayment(dt.date.fromisoformat(date), mode, reference)
