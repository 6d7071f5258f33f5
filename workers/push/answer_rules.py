"""The two answers to an estimate: which statuses mean done, and whether the answer is bound to the offer that
was seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.stored_messages import StoredMessage


@dataclass(frozen=True, kw_only=True)
class AnswerRule:
    """done_in: statuses in which it is done. binds_offer: whether it counts only for the exact offer the
    client saw.
    The rest: whole sentences for people.
    """

    done_in: frozenset[str]
    binds_offer: bool
    already: StoredMessage
    shown: StoredMessage
    shown_invoiced: StoredMessage
    other_offer: StoredMessage
    not_done: StoredMessage


# An accepted estimate may become an invoice at once (zoho.md 5.1).
ACCEPTANCE = AnswerRule(
    done_in=frozenset({"accepted", "invoiced"}),
    binds_offer=True,
    already=StoredMessage("It was not sent: the estimate had already been accepted."),
    shown=StoredMessage("Zoho shows the estimate as accepted."),
    shown_invoiced=StoredMessage("Zoho shows the estimate as accepted and turned into an invoice."),
    other_offer=StoredMessage("Zoho shows the estimate as accepted, but it is not the offer you saw."),
    not_done=StoredMessage("The acceptance did not come about."),
)

DECLINE = AnswerRule(
    done_in=frozenset({"declined"}),
    binds_offer=False,
    already=StoredMessage("It was not sent: the estimate had already been declined."),
    shown=StoredMessage("Zoho shows the estimate as declined."),
    shown_invoiced=StoredMessage("Zoho shows the estimate as declined and turned into an invoice."),
    other_offer=StoredMessage("Zoho shows the estimate as declined, but it is not the offer you saw."),
    not_done=StoredMessage("The decline did not come about."),
)
