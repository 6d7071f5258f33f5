"""The page that tells merchants what Foyer may say to Zoho is what the connectors hold."""

from __future__ import annotations

from connectors.zoho.books.operations import BOOKS_OPERATIONS
from tests.connectors.zoho.operations_page import PAGE, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run ./dev operations and read the difference"


def test_every_operation_stands_on_it_with_its_scope() -> None:
    text = page()
    for operation in BOOKS_OPERATIONS:
        assert f"| `{operation.method} {operation.path}` | `{operation.scope}` |" in text
