"""Estimates: read, accept, decline, comment (zoho.md 4.4)."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.api.document_client import PrintedDocumentClient
from connectors.zoho.api.document_fetching import parse_rows, rows_of
from connectors.zoho.api.fetched import Fetched
from connectors.zoho.books import operations
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.estimate import Estimate


class Estimates(PrintedDocumentClient[Estimate]):
    """Writes may raise ZohoError with an unknown outcome and are never repeated here. modified_since is not
    documented for estimates (zoho.md 2.6).
    """

    document = Estimate
    list_operation, list_key = operations.LIST_ESTIMATES, "estimates"
    get_operation, key = operations.GET_ESTIMATE, "estimate"

    def mark_accepted(self, estimate_id: str) -> dt.datetime:
        """Accept once: a repeat is an error, not a no-op (zoho.md 9.6). Returns when Zoho has answered; read
        back the result.
        """
        return self._api.post(operations.ACCEPT_ESTIMATE.at(estimate_id)).as_of

    def mark_declined(self, estimate_id: str) -> dt.datetime:
        """Decline once. There is no parameter for a reason: add it as a comment (zoho.md 4.4)."""
        return self._api.post(operations.DECLINE_ESTIMATE.at(estimate_id)).as_of

    def add_comment(self, estimate_id: str, text: str, show_to_clients: bool = True) -> dt.datetime:
        """Zoho names the connected merchant as the author: the text must name the real one (zoho.md 4.4)."""
        body = {"description": text, "show_comment_to_clients": show_to_clients}
        return self._api.post(operations.ADD_ESTIMATE_COMMENT.at(estimate_id), body).as_of

    def comments(self, estimate_id: str) -> Fetched[tuple[Comment, ...]]:
        """System history and people's comments, mixed and without their visibility; never show them to
        clients unfiltered (zoho.md 4.4).
        """
        response = self._api.get(operations.LIST_ESTIMATE_COMMENTS.at(estimate_id))
        comments, _ = parse_rows(self._api, rows_of(self._api, response, "comments"), Comment.from_zoho)
        return Fetched(comments, response.as_of)
