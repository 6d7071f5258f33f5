"""What each list says while it is read for the first time, and when nothing fits: whole sentences, since no
language builds them alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.phrases import marked


@dataclass(frozen=True, kw_only=True)
class ListWords:
    """fetching: instead of rows that are not here yet. none_fit: nothing matches what was chosen.
    not_all_here: above the first rows.
    """

    fetching: str
    none_fit: str
    not_all_here: str


LIST_WORDS = {
    "estimates": ListWords(
        fetching=marked("Your estimates are being fetched for the first time"),
        none_fit=marked("No estimates fit what you chose."),
        not_all_here=marked(
            "Not all of your estimates are here yet: they are being fetched for the first time. The page tries again by itself."
        ),
    ),
    "invoices": ListWords(
        fetching=marked("Your invoices are being fetched for the first time"),
        none_fit=marked("No invoices fit what you chose."),
        not_all_here=marked(
            "Not all of your invoices are here yet: they are being fetched for the first time. The page tries again by itself."
        ),
    ),
    "payments": ListWords(
        fetching=marked("Your payments are being fetched for the first time"),
        none_fit=marked("No payments fit what you chose."),
        not_all_here=marked(
            "Not all of your payments are here yet: they are being fetched for the first time. The page tries again by itself."
        ),
    ),
    "credit_notes": ListWords(
        fetching=marked("Your credit notes are being fetched for the first time"),
        none_fit=marked("No credit notes fit what you chose."),
        not_all_here=marked(
            "Not all of your credit notes are here yet: they are being fetched for the first time. The page tries again by itself."
        ),
    ),
    "subscriptions": ListWords(
        fetching=marked("Your subscriptions are being fetched for the first time"),
        none_fit=marked("No subscriptions fit what you chose."),
        not_all_here=marked(
            "Not all of your subscriptions are here yet: they are being fetched for the first time. The page tries again by itself."
        ),
    ),
}
"""By the name of the list."""
