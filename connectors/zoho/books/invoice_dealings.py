"""What can be done about an invoice besides reading it: comments (FACTS 4.5)."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.books import operations
from connectors.zoho.books.reading_answers import read_each, rows_of
from connectors.zoho.books.said import Said
from connectors.zoho.documents.comment import Comment
from connectors.zoho.http_line import ZohoLine


class InvoiceDealings:
    """All methods raise ZohoError; writes may raise it with an unknown outcome and are never repeated here."""

    def __init__(self, line: ZohoLine) -> None:
        self._line = line

    def comments(self, invoice_id: str) -> Said[tuple[Comment, ...]]:
        """System history and words of people mixed; never shown to a client as they are (FACTS 4.4)."""
        answer = self._line.get(operations.LIST_INVOICE_COMMENTS.at(invoice_id))
        comments, _ = read_each(self._line, rows_of(self._line, answer, "comments"), Comment.from_zoho)
        return Said(comments, answer.said_at)

    def add_comment(self, invoice_id: str, text: str, show_to_clients: bool = True) -> dt.datetime:
        """Zoho names the connected merchant as the author: say in the text who is speaking."""
        body = {"description": text, "show_comment_to_clients": show_to_clients}
        return self._line.post(operations.ADD_INVOICE_COMMENT.at(invoice_id), body).said_at
