"""The lists that are mirrored, in the order in which a first sync reads them, and how each is asked of Zoho."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from connectors.zoho.books.client import BooksClient
from connectors.zoho.books.said import Page, Said


class AskPage(Protocol):
    def __call__(self, page: int, *, modified_since: dt.datetime | None, sort: str) -> Page[Any]: ...


@dataclass(frozen=True)
class MirroredList:
    """name: of the list and of the kind in the copies. pages and one: how a page and one document are asked for.

    steady_order: a sort column in which rows keep their place while documents are edited, "" where Zoho documents none.
    """

    name: str
    pages: Callable[[BooksClient], AskPage]
    one: Callable[[BooksClient, str], Said[Any]]
    steady_order: str


MIRRORED: Mapping[str, MirroredList] = {
    one.name: one
    for one in (
        MirroredList(
            "contacts", lambda books: books.contacts.list_page, lambda books, id: books.contacts.get(id), "created_time"
        ),
        MirroredList(
            "estimates", lambda books: books.estimates.list_page, lambda books, id: books.estimates.get(id), "created_time"
        ),
        MirroredList(
            "invoices", lambda books: books.invoices.list_page, lambda books, id: books.invoices.get(id), "created_time"
        ),
        # FACTS 4.6 names no sort columns for payments; their usual order is by date, newest first.
        MirroredList(
            "payments", lambda books: books.customer_payments.list_page, lambda books, id: books.customer_payments.get(id), ""
        ),
    )
}
