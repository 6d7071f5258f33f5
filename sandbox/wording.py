"""Zoho's display messages, reworded ("Quote…") and localised (FACTS 2.2), so that nobody branches on them."""

from __future__ import annotations

ENGLISH = {
    "estimate_sent": "Quote status has been changed to Sent.",
    "estimate_accepted": "Quote has been marked as accepted.",
    "estimate_declined": "Quote has been marked as declined.",
    "estimate_cannot_accept": "Only quotes that have been sent can be marked as accepted.",
    "estimate_cannot_decline": "Only quotes that have been sent can be marked as declined.",
    "estimate_cannot_send": "This quote was already answered. Its status cannot be changed to Sent.",
    "estimate_cannot_convert": "Only quotes that have been sent or accepted can be converted to an invoice.",
    "invoice_sent": "Invoice status has been changed to Sent.",
    "invoice_void": "Invoice status has been changed to Void.",
    "invoice_draft": "Invoice status has been changed to Draft.",
    "invoice_cannot_draft": "Only a void invoice can go back to draft.",
    "comment_added": "Comments added.",
    "payment_created": "The payment from the customer has been recorded",
    "payment_too_much": "The amount entered is more than the balance due for the selected invoices.",
    "payment_not_open": "Payments can only be recorded for invoices that were sent and are not void.",
    "contact_updated": "Contact information has been saved.",
    "person_updated": "The contact person details has been updated.",
    "person_created": "The contact person has been created.",
    "person_deleted": "The contact person has been deleted.",
    "person_primary": "This contact person has been marked as your primary contact person.",
    "address_created": "The address has been created.",
    "address_updated": "The address has been updated.",
    "address_deleted": "The address has been deleted.",
    "credits_applied": "Credits have been applied to the invoice(s).",
}
GERMAN = {
    "estimate_sent": "Der Status des Angebots wurde in „Gesendet“ geändert.",
    "estimate_accepted": "Das Angebot wurde als angenommen markiert.",
    "estimate_declined": "Das Angebot wurde als abgelehnt markiert.",
    "estimate_cannot_accept": "Nur gesendete Angebote können als angenommen markiert werden.",
    "estimate_cannot_decline": "Nur gesendete Angebote können als abgelehnt markiert werden.",
    "estimate_cannot_send": "Dieses Angebot wurde bereits beantwortet. Es kann nicht als gesendet markiert werden.",
    "invoice_sent": "Der Status der Rechnung wurde in „Gesendet“ geändert.",
    "invoice_void": "Die Rechnung wurde storniert.",
    "invoice_draft": "Die Rechnung ist wieder ein Entwurf.",
    "comment_added": "Kommentar hinzugefügt.",
    "payment_created": "Die Zahlung des Kunden wurde erfasst.",
    "payment_too_much": "Der eingegebene Betrag übersteigt den offenen Betrag der ausgewählten Rechnungen.",
    "contact_updated": "Die Kontaktinformationen wurden gespeichert.",
}


def say(language: str, key: str) -> str:
    """The message in the organisation's language; English where no other wording is known."""
    return GERMAN.get(key, ENGLISH[key]) if language == "de" else ENGLISH[key]
