"""Comments on estimates and invoices: read and written alike (zoho.md 4.4, 4.5)."""

from __future__ import annotations

from flask import Response, request

from sandbox import history
from sandbox.books.caller import Call, body_of
from sandbox.books.envelope import success
from sandbox.books.record_fields import comments_of
from sandbox.refusals import invalid_value
from sandbox.wording import say

MAX_COMMENT_LENGTH = 2000


def comments_response(call: Call, document_id: str, kind: str) -> Response:
    """History and comments together; `kind` is estimate or invoice."""
    return success(comments=comments_of(call.organisation, document_id, f"{kind}_id"))


def add_comment(call: Call, document_id: str, kind: str) -> Response:
    """Body `description`, `show_comment_to_clients`; the response has code and message only.

    The author is the connected user, never the client (zoho.md 4.4).
    """
    body = body_of(request.get_json(silent=True))
    description = body.get("description")
    if not isinstance(description, str) or not description or len(description) > MAX_COMMENT_LENGTH:
        raise invalid_value("description")
    history.note(
        call.world,
        call.centre,
        call.organisation,
        document_id=document_id,
        transaction_type=kind,
        by=call.user,
        description=description,
        comment_type="internal",
        operation_type="Added",
        shown=body.get("show_comment_to_clients") is True,
    )
    return success(say(call.organisation.language, "comment_added"))
