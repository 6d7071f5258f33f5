"""Several invoices in a row: the place is kept, the sums are exact, and no currency is added to another."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from bs4 import Tag

from cache.scope import CustomerScope
from connectors.zoho.documents.invoice import Invoice
from gateway.reading.currency_sums import sums
from gateway.web.template_filters import money
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import CUSTOMER, OTHER_CUSTOMER, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

BASE = 46000000004100
OWED = {
    "USD": ("0.10", "0.20"),
    "JPY": ("1500", "1"),
    "BHD": ("12.345", "0.005"),
    "INR": ("1234567.89", "100000.11"),
}
TOTALS = {"USD": "$0.30", "JPY": "¥1,501", "BHD": "BHD\u00a012.350", "INR": "₹1,334,568.00"}


def invoices() -> list[Invoice]:
    amounts = [(currency, amount) for currency, given in OWED.items() for amount in given]
    return [
        an_invoice(str(BASE + number), currency=currency, total=Decimal(amount), balance=Decimal(amount))
        for number, (currency, amount) in enumerate(amounts)
    ]


@pytest.fixture
def owed(seed: Seeding) -> list[Invoice]:
    found = invoices()
    seed.has(*found)
    return found


def begin(nora: Browser) -> str:
    """All that is due; the address of the row."""
    nora.get("/pay-several")
    form = nora.form("/pay-several")
    ids = [str(field["value"]) for field in form.select("input[name=invoice_id]")]
    token = form.select_one("input[name=csrf_token]")
    assert isinstance(token, Tag)
    nora.post("/pay-several", {"csrf_token": str(token["value"]), "invoice_id": ids})  # type: ignore[dict-item]
    return nora.answer.headers["Location"]


def test_the_sums_are_exact_and_stay_in_their_currency(nora: Browser, owed: list[Invoice]) -> None:
    nora.get("/")
    assert nora.page.find("a", href="/pay-several")
    nora.get("/pay-several")
    shown = nora.page.find("section")
    assert isinstance(shown, Tag)
    amounts = [element.get_text() for element in shown.select("p.aside-amount")]
    assert sorted(amounts) == sorted(TOTALS.values())
    found = sums((item.currency, item.balance) for item in owed)
    assert {item.currency: item.amount for item in found} == {
        name: sum(map(Decimal, given), Decimal(0)) for name, given in OWED.items()
    }
    assert {item.currency: money(item.amount, item.currency) for item in found} == TOTALS


def test_what_was_credited_and_written_off_is_not_owed(nora: Browser, seed: Seeding) -> None:
    credited = an_invoice(
        str(BASE), total=Decimal("0.30"), balance=Decimal("0.10"), credits_applied=Decimal("0.20")
    )
    seed.has(dataclasses.replace(credited, status="partially_paid"))
    seed.has(
        an_invoice(
            str(BASE + 1), total=Decimal("5"), balance=Decimal(0), write_off=Decimal("5"), status="paid"
        )
    )
    nora.get("/pay-several")
    assert "$0.10" in nora.text and "1 invoice to pay" in nora.text


def test_a_row_keeps_its_place_and_says_what_is_done(
    nora: Browser, owed: list[Invoice], seed: Seeding, services: Services
) -> None:
    address = begin(nora)
    nora.get(address)
    assert nora.page.find("a", string="Pay this one now")["href"].startswith(
        f"/invoices/{owed[0].id}/pay?round=P-"
    )  # type: ignore[index]
    paid = dataclasses.replace(owed[0], status="paid", balance=Decimal(0), payment_made=owed[0].total)
    seed.has(
        dataclasses.replace(
            paid, modified_at=paid.modified_at and paid.modified_at.replace(year=paid.modified_at.year + 1)
        )
    )
    nora.get(address)
    assert f"/invoices/{owed[1].id}/pay" in str(nora.page.find("a", string="Pay this one now"))
    dollars = nora.page.find("section", attrs={"aria-labelledby": "in-USD"})
    assert isinstance(dollars, Tag)
    assert [dollar.get_text() for dollar in dollars.select("dl dd")] == ["$0.30", "$0.10", "$0.20"]
    assert "¥1,501" in nora.text


def test_ticked_ones_alone_and_only_what_can_be_paid(
    nora: Browser, owed: list[Invoice], seed: Seeding
) -> None:
    seed.has(
        an_invoice("46000000004900", status="paid", balance=Decimal(0)),
        an_invoice("46000000004901", customer_id=OTHER_CUSTOMER),
    )
    nora.get("/invoices")
    assert nora.page.find("button", attrs={"formaction": "/pay-several"})
    nora.get(f"/pay-several?id={owed[2].id}&id=46000000004900&id=46000000004901")
    assert "1 invoice to pay" in nora.text and "2 of the ticked invoices cannot be paid now" in nora.text
    assert "4901" not in nora.text


def test_fifty_at_most(nora: Browser, seed: Seeding) -> None:
    seed.has(
        *(an_invoice(str(BASE + number), balance=Decimal("1"), total=Decimal("1")) for number in range(52)),
        only_rows=True,
    )
    nora.get("/pay-several")
    assert "50 invoices to pay" in nora.text and "At most 50 invoices" in nora.text and "$50.00" in nora.text
    token = str(nora.page.find("input", attrs={"name": "csrf_token"})["value"])  # type: ignore[index]
    ids = [str(BASE + number) for number in range(51)]
    nora.post("/pay-several", {"csrf_token": token, "invoice_id": ids}, status=400)  # type: ignore[dict-item]


def test_anothers_row_is_no_row(
    nora: Browser, otto: Browser, owed: list[Invoice], services: Services
) -> None:
    address = begin(nora)
    otto.get(address, status=404)
    batch_id = address.rpartition("/")[2]
    assert services.payment_batches.get(CustomerScope(ORG, CUSTOMER), batch_id) is not None
    assert services.payment_batches.get(CustomerScope(ORG, OTHER_CUSTOMER), batch_id) is None
