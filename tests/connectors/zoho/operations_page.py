"""Writes docs/zoho-operations.md from the tables in connectors/zoho: python -m
tests.connectors.zoho.operations_page
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from connectors.zoho.api.operation import Operation
from connectors.zoho.api.scopes import BILLING_SCOPES, FEATURE_SCOPES, OPTIONAL_SCOPES
from connectors.zoho.billing.operations import BILLING_OPERATIONS
from connectors.zoho.books.operations import BOOKS_OPERATIONS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "zoho-operations.md"

HEAD = """# What Foyer says to Zoho

Written by `./dev operations` from `connectors/zoho`; a test fails when it is out of date. Nothing else
is ever called.
A change of an estimate's status is a CREATE in Zoho's scopes, not an UPDATE.
"""


def page() -> str:
    return "\n".join(
        [
            HEAD,
            "## Scopes\n",
            "Asked for when a merchant connects:\n",
            *_scopes(FEATURE_SCOPES),
            "\nOnly for merchants who use Zoho Billing:\n",
            *_scopes(BILLING_SCOPES),
            "\nOnly where it is wanted, since it is broad:\n",
            *_scopes(OPTIONAL_SCOPES),
            "\n## Zoho Books, `{api_domain}/books/v3`\n",
            *_operations(BOOKS_OPERATIONS),
            "\n## Zoho Billing, `{api_domain}/billing/v1`\n",
            *_operations(BILLING_OPERATIONS),
            "",
        ]
    )


def _scopes(table: Mapping[str, Iterable[str]]) -> list[str]:
    rows = [
        f"| {feature} | {', '.join(f'`{scope}`' for scope in scopes)} |" for feature, scopes in table.items()
    ]
    return ["| for | scopes |", "|---|---|", *rows]


def _operations(operations: Iterable[Operation]) -> list[str]:
    rows = [
        f"| `{operation.method} {operation.path}` | `{operation.scope}` | {operation.used_for} |"
        for operation in operations
    ]
    return ["| call | scope | used for |", "|---|---|---|", *rows]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
