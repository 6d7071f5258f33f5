"""What one person of a customer may do in the portal, within what the merchant allows everybody."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """see: read everything and comment. accept: answer estimates. pay: pay, report payments, use credit,
    replace cards.
    manage: edit the person's and the company's details.
    """

    SEE = "see"
    ACCEPT = "accept"
    PAY = "pay"
    MANAGE = "manage"


ALL_ROLES = frozenset(Role)
"""The default roles of an invitation."""
