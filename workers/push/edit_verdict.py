"""What to do with an edit of details, given its fields as Zoho has them now. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cache.records.orders.details_edit import edits_of
from cache.records.orders.order import Order, OrderState
from config.stored_messages import StoredMessage, join_messages
from workers.push.verdict import Next, Sent, Verdict, changes_message, effect_not_shown, ended


def judge_fields(order: Order, now: Mapping[str, str], sent: Sent) -> Verdict:
    """Zoho's fields decide. A field that equals neither the seen nor the wanted value was changed by somebody
    else.

    now: at least the fields of the edit, stripped.
    """
    edits = edits_of(order.payload)
    if all(now[edit.name] == edit.wanted for edit in edits):
        return Verdict(
            Next.CONFIRM,
            OrderState.CONFIRMED,
            StoredMessage("Zoho shows the details as you wanted them."),
            {"status": "changed"},
        )
    if sent is Sent.UNSETTLED:
        return Verdict(Next.FETCH_AGAIN, OrderState.UNCERTAIN)
    if others := [edit for edit in edits if now[edit.name] not in (edit.seen, edit.wanted)]:
        changes = tuple((other.label, other.seen, now[other.name]) for other in others)
        words = StoredMessage("It was not sent: these details were changed in Zoho after you saw them.")
        return ended(
            OrderState.CHANGED,
            join_messages((words, changes_message(changes)), " "),
            {"changes": json.dumps(changes)},
        )
    return effect_not_shown(
        order,
        sent,
        refused=StoredMessage("The details are as they were."),
        still=StoredMessage("Zoho still shows the details as they were."),
    )
