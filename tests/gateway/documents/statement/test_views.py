"""The statement page: what it adds up, from when to when, what it will not add up, and its table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from connectors.zoho.documents.refund import CreditNoteRefund
from gateway.documents.statement.refunds import RefundRecord, _basis
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import (
    CUSTOMER,
    OTHER_CUSTOMER,
    a_credit_note,
    a_payment,
    an_invoice,
    today,
)
from tests.gateway.seeding import AS_OF, ORG, Seeding
from workers.services import Services

DAY = dt.timedelta(days=1)


@pytest.fixture
def account(seed: Seeding) -> None:
    """300 owed since before the usual time, 100 within it of which 75.25 are paid, 40 of credit left; and
    12.500 in another currency.
    """
    seed.has(
        an_invoice("1", number="OLD", date=today() - 200 * DAY, due_on=today() - 170 * DAY, status="overdue"),
        an_invoice(
            "2",
            number="NEW",
            date=today(),
            total=Decimal("100.00"),
            balance=Decimal("24.75"),
            status="partially_paid",
        ),
        an_invoice(
            "3",
            number="PEARLS",
            date=today(),
            total=Decimal("12.500"),
            balance=Decimal("12.500"),
            currency="BHD",
        ),
        an_invoice("4", number="GONE", date=today(), status="void", balance=Decimal(0)),
        an_invoice("5", number="DRAFT", date=today(), status="draft"),
        an_invoice("6", number="OTTOS", date=today(), customer_id=OTHER_CUSTOMER),
        a_payment("7", number="P7", date=today(), unused_amount=Decimal(0)),
        a_credit_note("8", number="CN8", date=today()),
    )


def sums(browser: Browser, currency: str) -> dict[str, str]:
    """Of the box of one currency: what it says → the figure beside it."""
    box = browser.page.select_one(f"section[aria-labelledby=in-{currency}] dl")
    assert box is not None
    names = [" ".join(element.get_text(" ").split()) for element in box.find_all("dt")]
    return dict(zip(names, (element.get_text(strip=True) for element in box.find_all("dd")), strict=True))


def test_the_usual_statement_says_where_it_cuts_and_adds_up(nora: Browser, account: None) -> None:
    nora.get("/statement")
    assert "this month and the two before it" in nora.text
    found = sums(nora, "USD")
    assert list(found.values()) == ["$300.00", "$100.00", "-$40.00", "-$75.25", "$284.75"]
    assert list(found)[1:4] == ["Invoices (1)", "Credit notes (1)", "Payments (1)"]
    assert "DRAFT" not in nora.text and "GONE" not in nora.text and "OTTOS" not in nora.text
    assert list(sums(nora, "BHD").values())[-1] == "BHD\u00a012.500"
    assert "This is what you owe Harbour Light Studio" in nora.text


def test_every_line_leads_to_its_document_and_every_sum_to_its_list(nora: Browser, account: None) -> None:
    page = nora.get("/statement")
    links = {str(element["href"]) for element in page.select("section.statement a")}
    assert {"/invoices/1", "/invoices/2", "/payments/7", "/credit-notes/8"} <= links
    for address in sorted(links):
        nora.get(address)
    page = nora.get(next(link for link in links if link.startswith("/invoices?") and "from=" not in link))
    assert [element.get_text() for element in page.select("th.row-title a")] == ["OLD"]


def test_a_chosen_time_cuts_elsewhere_and_stands_in_the_address(nora: Browser, account: None) -> None:
    first, last = today() - 300 * DAY, today() - DAY
    nora.get(f"/statement?from={first}&to={last}")
    found = sums(nora, "USD")
    assert list(found.values()) == ["$0.00", "$300.00", "$300.00"]
    assert "3 documents are dated later and are not in it." in nora.text
    assert "both days included" in nora.text
    assert nora.page.select_one("#from")["value"] == str(first)


@pytest.mark.parametrize(
    ("query", "field", "expected"),
    [
        ("from=2026-13-45", "from", "Please give the day"),
        ("to=soon", "to", "Please give the day"),
        ("from=2026-10-02&to=2026-10-01", "from", "The first day is after the last one"),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    nora: Browser, account: None, query: str, field: str, expected: str
) -> None:
    page = nora.get(f"/statement?{query}", status=422)
    assert expected in page.select_one(f"#{field}-error").get_text()
    typed = dict(part.split("=") for part in query.split("&"))
    assert page.select_one(f"#{field}")["value"] == typed[field]
    nora.get(f"/statement/csv?{query}", status=303)


@pytest.mark.parametrize("kind", ["invoices", "payments", "credit_notes"])
def test_while_a_list_is_only_partly_read_no_sum_is_made_of_it(
    nora: Browser, account: None, services: Services, kind: str
) -> None:
    services.mirror.mark_torn(ORG, kind)
    page = nora.get("/statement")
    assert "A statement of a part would be wrong" in nora.text and not page.select(".money")
    assert page.find("meta", attrs={"http-equiv": "refresh"})
    nora.get("/statement/csv", status=202)


def test_what_may_have_been_refunded_and_cannot_be_asked_leaves_no_statement(
    nora: Browser, account: None, seed: Seeding
) -> None:
    seed.has(a_credit_note("9", balance=Decimal("15.00")))
    page = nora.get("/statement")
    assert "Something may have been refunded to you" in nora.text and not page.select(".money")


def test_a_known_refund_is_owed_again(
    nora: Browser, account: None, seed: Seeding, services: Services
) -> None:
    note = a_credit_note("9", number="CN9", balance=Decimal("15.00"), date=today())
    seed.has(note)
    refund = CreditNoteRefund(id="1", of_id="9", number="CN9", date=today(), amount=Decimal("25.00"))
    stranger = CreditNoteRefund(id="2", of_id="999", number="CN999", date=today(), amount=Decimal("1000.00"))
    record = RefundRecord(customer_id=CUSTOMER, of_credit_notes=(refund, stranger))
    services.documents.put(ORG, "refunds", CUSTOMER, _basis([note], []), record.to_stored(), AS_OF)
    nora.get("/statement")
    assert sums(nora, "USD")["Refunds (1)"] == "$25.00"
    assert "Refund of credit note CN9" in nora.text and "CN999" not in nora.text
    nora.get("/credit-notes/9")
    assert "$25.00" in nora.text


def test_nothing_at_all_says_so_kindly(nora: Browser, seed: Seeding) -> None:
    nora.get("/statement")
    assert "Nothing to state yet" in nora.text


def test_how_late_what_is_open_is_names_its_invoices(nora: Browser, account: None) -> None:
    nora.get("/statement")
    assert "More than 90 days overdue OLD $300.00" in nora.text
    assert "Credit not used yet Credit note CN8 -$40.00 Owed today $284.75" in nora.text


def test_the_table_has_the_same_figures_and_no_formula(nora: Browser, seed: Seeding, account: None) -> None:
    seed.has(
        an_invoice(
            "10",
            number="=1+1",
            reference="@SUM(A1)",
            date=today(),
            total=Decimal("0.10"),
            balance=Decimal("0.10"),
        )
    )
    nora.get("/statement/csv")
    text = nora.answer.get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    dollars = [row for row in rows[1:] if row[0] == "USD"]
    assert rows[0] == ["Currency", "Date", "Document", "Reference", "Amount", "Balance", "As of"]
    assert dollars[0][2:6] == ["Opening balance", "", "", "300.00"] and dollars[-1][2] == "Closing balance"
    assert (
        Decimal(dollars[0][5]) + sum(Decimal(row[4]) for row in dollars[1:-1])
        == Decimal(dollars[-1][5])
        == Decimal("284.85")
    )
    assert {row[3] for row in dollars} >= {"'@SUM(A1)"} and not [
        cell for row in rows for cell in row if cell.startswith(("=", "@", "+"))
    ]
    assert nora.answer.headers["Content-Disposition"].startswith("attachment; filename=Statement-")


def test_without_the_switch_there_is_no_statement(nora: Browser, seed: Seeding, account: None) -> None:
    seed.settings(shows_statement=False)
    nora.get("/statement", status=404)
    nora.get("/statement/csv", status=404)
    nora.get("/payments")
    assert "Statement of account" not in nora.page.get_text()


def test_documents_whose_module_is_off_are_named_without_a_link(
    nora: Browser, seed: Seeding, account: None
) -> None:
    seed.settings(shows_invoices=False, shows_payments=False)
    page = nora.get("/statement")
    assert not [
        element
        for element in page.select("main a")
        if str(element["href"]).startswith(("/invoices", "/payments", "/credit"))
    ]
    assert list(sums(nora, "USD").values())[-1] == "$284.75"
