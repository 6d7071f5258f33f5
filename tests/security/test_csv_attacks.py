"""Tables for spreadsheets: what a client or Zoho wrote is never a formula in them, and files are named by the
portal.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask

from cache.document_kind import DocumentKind
from gateway.reading.pdf_reader import file_name
from gateway.web.csv_export import csv_text
from tests.security.test_route_access import places
from tests.security.two_organisations import CUSTOMER, ORG, TwoOrganisations

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://attacker.example","x")',
    "＝1+1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "'=1",
    '"=1',
    ";=1",
    "=1\n+2",
    "－1",
    "＋1",
    "＠x",
    "\x00=1",
    "\u3000=1",
)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNSEEN = " \u00a0\u200b\ufeff\u3000\x00"


def is_formula(cell: str) -> bool:
    """A number with a sign before it is none: nothing in it can be reckoned."""
    return cell.lstrip(UNSEEN).startswith(STARTS) and re.fullmatch(r"-[0-9]+(\.[0-9]+)?", cell) is None


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")) for cell in row]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_as_a_formula(formula: str) -> None:
    (_, cell) = cells(csv_text(["a"], [[formula]]))
    assert not is_formula(cell), repr(cell)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_stays_one_cell(formula: str) -> None:
    assert len(cells(csv_text(["a", "b"], [[formula, f'x",{formula}\r\n{formula}']]))) == 4


def test_every_export_of_the_portal_is_written_so(app: Flask) -> None:
    """Found by their type, so that a new one is covered by itself: a name that is a formula stands in
    each.
    """
    organisations = TwoOrganisations(app)
    services = organisations.services
    account = next(account for account in services.accounts.of_org(ORG) if account.customer_id == CUSTOMER)
    services.activity.append(
        ORG,
        account.id,
        "signed_in",
        {"customer": CUSTOMER, "person": "=1+cmd|' /C calc'!A0", "account": account.id},
    )
    exports = 0
    for place in places(organisations):
        if place.method == "GET" and place.endpoint:
            for person in (organisations.nora, organisations.ada):
                answer = person.ask("GET", place.address)
                if answer.mimetype == "text/csv":
                    exports += 1
                    assert not [cell for cell in cells(answer.get_data(as_text=True)) if is_formula(cell)], (
                        place.address
                    )
                    assert answer.headers["Content-Disposition"].startswith("attachment; filename="), (
                        place.address
                    )
    assert exports > 0


@pytest.mark.parametrize(
    "number",
    [
        "../../etc/passwd",
        'x"; filename="evil.html',
        "x\r\nSet-Cookie: a=b",
        "CON",
        "a/b\\c",
        ".htaccess",
        "",
        "x" * 5000,
        "é\u202egpj.exe",
        "a;b",
    ],
)
def test_a_file_is_named_by_the_portal_whatever_its_number_holds(number: str) -> None:
    name = file_name(DocumentKind.ESTIMATES, number)
    assert name.startswith("Estimate-") and name.endswith(".pdf") and len(name) < 90
    assert not set(name) & set("/\\\"';:\r\n\u202e") and ".." not in name
