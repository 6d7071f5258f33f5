"""The list of invoices: what the shown ones come to, and several PDFs at once."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

from gateway.reading.pdf_bundle import MAX_PDFS
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import OTHER_CUSTOMER, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services


def sums(browser: Browser) -> list[str]:
    return [" ".join(element.get_text(" ").split()) for element in browser.page.select(".list-sums li")]


def test_the_shown_filter_is_added_up_per_currency_over_all_pages(nora: Browser, seed: Seeding) -> None:
    seed.has(
        *(
            an_invoice(str(n), number=f"A{n}", total=Decimal("0.10"), balance=Decimal("0.10"))
            for n in range(1, 31)
        )
    )
    seed.has(
        an_invoice(
            "50", total=Decimal("12.500"), balance=Decimal("2.500"), currency="BHD", status="partially_paid"
        ),
        an_invoice("51", total=Decimal("1.000"), balance=Decimal(0), currency="BHD", status="paid"),
        an_invoice("52", total=Decimal("99"), balance=Decimal(0), status="void"),
        an_invoice("53", total=Decimal("99"), status="draft"),
        an_invoice("54", total=Decimal("99"), customer_id=OTHER_CUSTOMER),
    )
    nora.get("/invoices")
    assert sums(nora) == [
        "2 invoices in BHD BHD\u00a013.500 still to pay BHD\u00a02.500".replace("\u00a0", " "),
        "30 invoices in USD $3.00 still to pay $3.00 without 1 void one",
    ]
    nora.get("/invoices?page=2")
    assert sums(nora)[1] == "30 invoices in USD $3.00 still to pay $3.00 without 1 void one"
    nora.get("/invoices?type=unpaid&currency=BHD")
    assert sums(nora) == []
    nora.get("/invoices?q=A1")
    assert sums(nora) == ["11 invoices in USD $1.10 still to pay $1.10"]


def test_while_the_list_is_being_filled_nothing_is_added_up(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(an_invoice("1"), an_invoice("2"))
    services.mirror.mark_torn(ORG, "invoices")
    nora.get("/invoices")
    assert sums(nora) == []


@pytest.fixture
def printed(seed: Seeding, services: Services) -> None:
    """Two invoices whose PDFs are at hand, and two with the same number of which one is not."""
    invoices = an_invoice("1", number="ONE"), an_invoice("2", number="TWO"), an_invoice("3", number="ONE")
    seed.has(*invoices)
    for invoice in invoices:
        services.pdfs.put(ORG, "invoices", invoice.id, invoice.version, f"%PDF-1.7 of {invoice.id}".encode())
    seed.has(an_invoice("4", number="UNREAD"))


def bundle(browser: Browser) -> dict[str, bytes]:
    assert browser.answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(browser.answer.get_data())) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_the_ticked_invoices_come_in_one_file(nora: Browser, printed: None) -> None:
    page = nora.get("/invoices")
    boxes = {str(field["value"]) for field in page.select("input[name=id][form=chosen]")}
    assert boxes == {"1", "2", "3", "4"} and page.select_one("form#chosen")["action"] == "/invoices/download"
    nora.get("/invoices/download?id=1&id=2&id=3&id=1")
    assert bundle(nora) == {
        "Invoice-ONE.pdf": b"%PDF-1.7 of 1",
        "Invoice-TWO.pdf": b"%PDF-1.7 of 2",
        "Invoice-ONE-3.pdf": b"%PDF-1.7 of 3",
    }
    assert nora.answer.headers["Content-Disposition"].startswith("attachment; filename=Invoices-")


def test_what_could_not_be_read_is_named_inside(nora: Browser, printed: None) -> None:
    nora.get("/invoices/download?id=1&id=4")
    found = bundle(nora)
    assert (
        set(found) == {"Invoice-ONE.pdf", "What is missing.txt"} and b"UNREAD" in found["What is missing.txt"]
    )


def test_when_nothing_could_be_read_the_page_says_so_and_tries_again(nora: Browser, printed: None) -> None:
    nora.get("/invoices/download?id=4", status=202)


@pytest.mark.parametrize("strange", ["5", "6", "999", "x", "1%27", "../1", ""])
def test_one_that_is_not_theirs_makes_the_whole_not_found(
    nora: Browser, seed: Seeding, printed: None, strange: str
) -> None:
    seed.has(an_invoice("5", customer_id=OTHER_CUSTOMER), an_invoice("6", status="draft"))
    nora.get(f"/invoices/download?id=1&id={strange}", status=404)


def test_none_and_too_many_are_said_on_the_list_as_it_was(
    nora: Browser, seed: Seeding, printed: None
) -> None:
    page = nora.get("/invoices/download?type=unpaid&q=ONE", status=422)
    assert "Please tick at least one invoice first." in nora.text
    assert (
        page.select_one("#q")["value"] == "ONE"
        and page.select_one("#type option[selected]")["value"] == "unpaid"
    )
    many = "&".join(f"id={n}" for n in range(1, MAX_PDFS + 2))
    page = nora.get(f"/invoices/download?{many}", status=422)
    assert "Please tick at most 25 invoices." in nora.text
    assert {str(field["value"]) for field in page.select("input[name=id][checked]")} == {"1", "2", "3", "4"}


def test_the_form_keeps_filter_and_page(nora: Browser, printed: None) -> None:
    page = nora.get("/invoices?type=unpaid&sort=smallest")
    kept = {
        str(field["name"]): str(field["value"]) for field in page.select("form#chosen input[type=hidden]")
    }
    assert kept == {"type": "unpaid", "sort": "smallest"}
