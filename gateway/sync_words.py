"""The mirrored lists and what the sync does with them, in words for the merchant."""

from __future__ import annotations

LIST_WORDS = {
    "contacts": "Customers and contact persons",
    "estimates": "Estimates",
    "invoices": "Invoices",
    "payments": "Payments",
    "credit_notes": "Credit notes",
    "subscriptions": "Subscriptions",
    "recurring_invoices": "Recurring invoices",
}
PHASE_WORDS = {"first": "First read under way", "delta": "Looking for changes", "sweep": "Looking for deletions", "idle": ""}
