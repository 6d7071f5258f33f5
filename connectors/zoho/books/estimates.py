"""Estimates: read, accept, decline, comment (zoho.md 4.4)."""

from __future__ import annotations

import datetime as dt

from connectors.zoho.api.api_client import ApiClient
from connectors.zoho.api.api_responses import FetchedPdf
from connectors.zoho.api.document_fetching import (
    fetch_document,
    fetch_page,
    only_of_customer,
    parse_rows,
    rows_of,
)
from connectors.zoho.api.fetched import Fetched, Page
from connectors.zoho.api.list_query import ZohoListQuery
from connectors.zoho.books import operations
from connectors.zoho.documents.comment import Comment
from connectors.zoho.documents.estimate import Estimate


class Estimates:
    """All methods raise ZohoError; writes may raise it with an unknown outcome and are never repeated
    here.
    """

    def __init__(self, api: ApiClient) -> None:
        self._api = api

    def list_page(
        self,
        page: int = 1,
        per_page: int = 200,
        *,
        modified_since: dt.datetime | None = None,
        sort: str = "",
        descending: bool = False,
        customer_id: str = "",
    ) -> Page[Estimate]:
        """Rows without details. modified_since is not documented for estimates: check that rows are newer
        (zoho.md 2.6).
        """
        query = ZohoListQuery(
            page=page,
            per_page=per_page,
            modified_since=modified_since,
            sort=sort,
            descending=descending,
            customer_id=customer_id,
        )
        found = fetch_page(
            self._api, operations.LIST_ESTIMATES, "estimates", Estimate.from_zoho, query.params()
        )
        return only_of_customer(self._api, found, customer_id) if customer_id else found

    def get(self, estimate_id: str) -> Fetched[Estimate]:
        """The whole estimate, always fetched from Zoho."""
        return fetch_document(
            self._api, operations.GET_ESTIMATE.at(estimate_id), "estimate", Estimate.from_zoho, estimate_id
        )

    def pdf(self, estimate_id: str) -> FetchedPdf:
        return self._api.pdf(operations.GET_ESTIMATE.at(estimate_id))

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
