"""What each list says while it is read for the first time, and when nothing fits: whole sentences, since no
language builds them alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.stored_messages import N_


@dataclass(frozen=True, kw_only=True)
class ListTexts:
    """fetching: instead of rows that are not here yet. no_match: nothing matches what was chosen.
    incomplete: above the first rows.
    """

    fetching: str
    no_match: str
    incomplete: str


LIST_TEXTS = {
    "estimates": ListTexts(
        fetching=N_("Your estimates are being fetched for the first time"),
        no_match=N_("No estimates fit what you chose."),
        incomplete=N_(
            "Not all of your estimates are here yet: they are being fetched for the first time. The "
            "page tries again by itself."
        ),
    ),
    "invoices": ListTexts(
        fetching=N_("Your invoices are being fetched for the first time"),
        no_match=N_("No invoices fit what you chose."),
        incomplete=N_(
            "Not all of your invoices are here yet: they are being fetched for the first time. The "
            "page tries again by itself."
        ),
    ),
    "payments": ListTexts(
        fetching=N_("Your payments are being fetched for the first time"),
        no_match=N_("No payments fit what you chose."),
        incomplete=N_(
            "Not all of your payments are here yet: they are being fetched for the first time. The "
            "page tries again by itself."
        ),
    ),
    "credit_notes": ListTexts(
        fetching=N_("Your credit notes are being fetched for the first time"),
        no_match=N_("No credit notes fit what you chose."),
        incomplete=N_(
            "Not all of your credit notes are here yet: they are being fetched for the first time. "
            "The page tries again by itself."
        ),
    ),
    "subscriptions": ListTexts(
        fetching=N_("Your subscriptions are being fetched for the first time"),
        no_match=N_("No subscriptions fit what you chose."),
        incomplete=N_(
            "Not all of your subscriptions are here yet: they are being fetched for the first time. "
            "The page tries again by itself."
        ),
    ),
}
"""By the name of the list."""
