"""What to do with an edit of details, from its fields as Zoho has them now. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cache.records.details_edit import edits_of
from cache.records.order import Order, OrderState
from config.phrases import Phrase, listed
from workers.push.verdict import Next, Sent, Verdict, ended, nothing_to_see, told


def judge_fields(order: Order, now: Mapping[str, str], sent: Sent) -> Verdict:
    """The fields as Zoho shows them decide. One that reads neither as seen nor as wanted was changed by
    somebody else.

    now: at least the fields of the edit, stripped.
    """
    edits = edits_of(order.shown)
    if all(now[one.name] == one.wanted for one in edits):
        return Verdict(
            Next.CONFIRM,
            OrderState.CONFIRMED,
            Phrase("Zoho shows the details as you wanted them."),
            {"status": "changed"},
        )
    if sent is Sent.UNSETTLED:
        return Verdict(Next.LOOK_AGAIN, OrderState.UNCERTAIN)
    if others := [one for one in edits if now[one.name] not in (one.seen, one.wanted)]:
        changes = tuple((one.label, one.seen, now[one.name]) for one in others)
        words = Phrase("It was not sent: these details were changed in Zoho after you saw them.")
        return ended(
            OrderState.CHANGED, listed((words, told(changes)), " "), {"changes": json.dumps(changes)}
        )
    return nothing_to_see(
        order,
        sent,
        refused=Phrase("The details are as they were."),
        still=Phrase("Zoho still shows the details as they were."),
    )
