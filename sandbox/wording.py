"""Zoho's display messages, reworded ("Quote…") and localised (zoho.md 2.2), so that no code depends
on them.
"""

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
    "payment_updated": "The payment details have been updated.",
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
    "credits_too_much": "The amount of credits is more than is left, or more than the balance due.",
    "written_off": "The invoice has been written off.",
    "write_off_cancelled": "The write off of the invoice has been cancelled.",
    "nothing_to_write_off": "There is no balance due that could be written off.",
    "nothing_written_off": "Nothing of this invoice was written off.",
    "not_unique": "A payment with this value exists already; this field accepts no duplicates.",
    "no_unique_field": "The custom field is not one that accepts no duplicates.",
    "link_created": "The payment link has been generated.",
    "link_not_open": "A payment link can only be generated for an invoice that was sent and is not paid.",
}
GERMAN = {
    "estimate_sent": "Der Status des Angebots wurde in „Gesendet“ geändert.",
    "estimate_accepted": "Das Angebot wurde als angenommen markiert.",
    "estimate_declined": "Das Angebot wurde als abgelehnt markiert.",
    "estimate_cannot_accept": "Nur gesendete Angebote können als angenommen markiert werden.",
    "estimate_cannot_decline": "Nur gesendete Angebote können als abgelehnt markiert werden.",
    "estimate_cannot_send": (
        "Dieses Angebot wurde bereits beantwortet. Es kann nicht als gesendet markiert werden."
    ),
    "estimate_cannot_convert": (
        "Nur gesendete oder angenommene Angebote können in eine Rechnung umgewandelt werden."
    ),
    "invoice_sent": "Der Status der Rechnung wurde in „Gesendet“ geändert.",
    "invoice_void": "Die Rechnung wurde storniert.",
    "invoice_draft": "Die Rechnung ist wieder ein Entwurf.",
    "invoice_cannot_draft": "Nur eine stornierte Rechnung kann wieder ein Entwurf werden.",
    "comment_added": "Kommentar hinzugefügt.",
    "payment_created": "Die Zahlung des Kunden wurde erfasst.",
    "payment_updated": "Die Zahlung wurde aktualisiert.",
    "payment_too_much": "Der eingegebene Betrag übersteigt den offenen Betrag der ausgewählten Rechnungen.",
    "payment_not_open": "Zahlungen können nur für gesendete, nicht stornierte Rechnungen erfasst werden.",
    "contact_updated": "Die Kontaktinformationen wurden gespeichert.",
    "person_updated": "Die Angaben zur Kontaktperson wurden gespeichert.",
    "person_created": "Die Kontaktperson wurde angelegt.",
    "person_deleted": "Die Kontaktperson wurde gelöscht.",
    "person_primary": "Diese Kontaktperson ist jetzt Ihr Hauptansprechpartner.",
    "address_created": "Die Adresse wurde angelegt.",
    "address_updated": "Die Adresse wurde gespeichert.",
    "address_deleted": "Die Adresse wurde gelöscht.",
    "credits_applied": "Das Guthaben wurde auf die Rechnung angerechnet.",
    "credits_too_much": "Das Guthaben reicht nicht aus oder übersteigt den offenen Betrag.",
    "written_off": "Die Rechnung wurde ausgebucht.",
    "write_off_cancelled": "Die Ausbuchung der Rechnung wurde zurückgenommen.",
    "nothing_to_write_off": "Es gibt keinen offenen Betrag, der ausgebucht werden könnte.",
    "nothing_written_off": "Von dieser Rechnung wurde nichts ausgebucht.",
    "not_unique": "Eine Zahlung mit diesem Wert gibt es bereits; dieses Feld erlaubt keine Duplikate.",
    "no_unique_field": "Dieses benutzerdefinierte Feld ist nicht als eindeutig eingerichtet.",
    "link_created": "Der Zahlungslink wurde erstellt.",
    "link_not_open": "Ein Zahlungslink kann nur für eine gesendete, unbezahlte Rechnung erstellt werden.",
}


def say(language: str, key: str) -> str:
    """The message in the organisation's language, or in English."""
    return (GERMAN if language == "de" else ENGLISH)[key]
