"""Values for every kind of letter."""

from __future__ import annotations

from collections.abc import Mapping

from config.stored_messages import StoredMessage, stored_text

SAMPLES: Mapping[str, Mapping[str, str]] = {
    "invitation": {"customer": "Brightwater Ltd"},
    "password_reset": {
        "name": "Erin",
        "email": "erin@x.example",
        "names": "- Brightwater – Harbour Light Studio",
        "minutes": "60",
    },
    "sign_in_link": {
        "name": "Erin",
        "email": "erin@x.example",
        "names": "- Brightwater – Harbour Light Studio",
        "minutes": "15",
    },
    "sign_in_notice": {"event": "password_changed", "email": "erin@x.example"},
    "message_copy": {"subject": "A question", "words": "Is <b>this</b> right?\n\nErin"},
    "receipt": {
        "wish": "Acceptance of estimate QT-000042",
        "outcome": stored_text(StoredMessage("Confirmed by Zoho.")),
        "state": "confirmed",
        "receipt": "R-7K3M-9QXD",
    },
    "new_estimate": {
        "number": "QT-000042",
        "amount": "1234.5",
        "currency": "EUR",
        "expires_on": "2026-12-01",
    },
    "invoice_due_soon": {"number": "INV-000007", "amount": "99", "currency": "USD", "due_on": "2026-11-28"},
    "invoice_overdue": {"number": "INV-000007", "amount": "0.001", "currency": "BHD", "due_on": "2026-11-22"},
    "payment_booked": {
        "amount": "1500",
        "currency": "JPY",
        "paid_on": "2026-11-20",
        "invoices": "INV-000007, INV-000008",
    },
    "answer": {"document": "estimate", "number": "QT-000042", "words": "Yes, <b>in blue</b>."},
    "estimate_accepted": {
        "person": "Erin",
        "number": "QT-000042",
        "reason": "",
        "amount": "10",
        "currency": "USD",
    },
    "estimate_declined": {
        "person": "Erin",
        "number": "QT-000042",
        "reason": "Too dear",
        "amount": "",
        "currency": "",
    },
    "payment_received": {
        "customer": "Brightwater",
        "amount": "10",
        "currency": "USD",
        "paid_on": "2026-11-20",
        "invoices": "",
    },
    "payment_reported": {"person": "Erin", "number": "INV-000007", "wish": "", "outcome": ""},
    "needs_attention": {
        "person": "Erin",
        "number": "QT-1",
        "wish": "Acceptance of estimate QT-1",
        "outcome": "It was sent 3 times.",
    },
    "message": {
        "person": "Erin",
        "customer": "Brightwater",
        "email": "erin@x.example",
        "subject": "Hello",
        "words": "Good day",
    },
    "review": {
        "person": "Erin",
        "customer": "Brightwater",
        "email": "erin@x.example",
        "stars": "4",
        "words": "Kind people",
        "was_changed": "",
    },
    "connection_lost": {},
    "colleague": {"inviter": "Ada", "role": "Staff", "email": "ben@x.example", "data_centre": "US"},
    "digest": {"count": "2", "lines": "· One\n· Two"},
    "test": {"answers_to": "ada@harbourlight.example"},
}
