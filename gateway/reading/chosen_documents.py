"""Documents ticked in a list: ?id=…&id=…"""

from __future__ import annotations

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from gateway.web.wording import _, ngettext

ZOHO_ID = re.compile(r"[0-9]{1,24}", re.ASCII)


@dataclass(frozen=True)
class ChosenDocuments:
    """ids: without duplicates, in order. error: message for the user, "" if the selection is valid."""

    ids: tuple[str, ...]
    error: str = ""


def read_chosen_documents(given: MultiDict[str, str], most: int) -> ChosenDocuments | None:
    """None if an id is malformed, which no page of ours sends."""
    ids = tuple(dict.fromkeys(given.getlist("id")))
    if not all(ZOHO_ID.fullmatch(record_id) for record_id in ids):
        return None
    if not ids:
        return ChosenDocuments((), _("Please tick at least one invoice first."))
    if len(ids) > most:
        return ChosenDocuments(
            ids,
            ngettext("Please tick at most %(num)s invoice.", "Please tick at most %(num)s invoices.", most),
        )
    return ChosenDocuments(ids)
