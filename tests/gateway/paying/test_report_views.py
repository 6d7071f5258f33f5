"""I have already paid: checked, recorded for the merchant, and nothing sent before they say yes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest

from cache.records.orders import keys as order_keys
from cache.records.orders.order import Order, OrderKind, OrderState
from cache.records.orders.reported_payment import ReportedPayment, payment_of
from gateway.paying import report_views
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_invoice, today
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

INVOICE = an_invoice(total=Decimal("300.00"), balance=Decimal("300.00"))
PAGE = f"/invoices/{INVOICE.id}/paid-already"
TYPED = {"amount": "120.50", "date": today().isoformat(), "mode": "check", "reference": "Cheque 7"}


@pytest.fixture(autouse=True)
def invoice(seed: Seeding) -> None:
    seed.has(INVOICE)


def orders(services: Services) -> list[Order]:
    return services.orders.of_org(ORG, 10)


def test_a_report_waits_for_the_merchant(nora: Browser, services: Services) -> None:
    nora.get(f"/invoices/{INVOICE.id}")
    assert nora.page.find("a", href=PAGE)
    nora.get(PAGE)
    assert nora.page.find("input", id="amount")["value"] == "300.00"
    nora.send(PAGE, TYPED)
    (order,) = orders(services)
    assert (order.kind, order.state, order.seen_total, order.currency) == (
        OrderKind.RECORD_PAYMENT,
        OrderState.PROPOSED,
        Decimal("120.50"),
        "USD",
    )
    told = payment_of(order.payload)
    assert told is not None and (told.date, told.mode, told.reference) == (today(), "check", "Cheque 7")
    assert services.orders.due(10) == []
    nora.follow()
    assert (
        "waiting for the merchant to confirm it" in nora.text
        and "$120.50" in nora.text
        and "Cheque 7" in nora.text
    )
    nora.get(f"/invoices/{INVOICE.id}")
    assert "Reported paid, waiting for confirmation" in nora.text


def test_while_one_is_open_its_receipt_is_shown(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    order = orders(services)[0]
    nora.get(PAGE, status=303)
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"


def test_two_tabs_report_one_payment(nora: Browser, services: Services) -> None:
    tabs = []
    for _ in range(2):
        nora.get(PAGE)
        form = nora.form(PAGE)
        tabs.append({str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")})
    assert tabs[0]["form_key"] != tabs[1]["form_key"]
    for hidden in tabs:
        nora.post(PAGE, {**hidden, **TYPED})
    assert len(orders(services)) == 1


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("amount", "", "amount in digits"),
        ("amount", "0", "above zero"),
        ("amount", "-5", "amount in digits"),
        ("amount", "12,50", "amount in digits"),
        ("amount", "NaN", "amount in digits"),
        ("amount", "1e3", "amount in digits"),
        ("amount", "10.005", "USD has 2 decimal places"),
        ("amount", "300.01", "Only $300.00 is still to pay"),
        ("date", "", "Please give the day"),
        ("date", "2026-02-30", "Please give the day"),
        ("date", (today() + dt.timedelta(days=1)).isoformat(), "still to come"),
        ("date", (today() - dt.timedelta(days=400)).isoformat(), "more than a year ago"),
        ("mode", "creditcard", "Please choose how you paid"),
        ("reference", "x" * 101, "at most 100 characters"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    nora: Browser, services: Services, field: str, text: str, expected: str
) -> None:
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, field: text}, status=422)
    assert expected in nora.page.find(id=f"{field}-error").get_text()
    assert orders(services) == []


@pytest.mark.parametrize("amount", ["1,250.00", "1250", " 1 250.00 "])
def test_amounts_are_read_as_people_type_them(
    nora: Browser, seed: Seeding, services: Services, amount: str
) -> None:
    seed.has(an_invoice(total=Decimal(2000), balance=Decimal(2000)))
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "amount": amount})
    assert orders(services)[0].seen_total == Decimal(1250)


@pytest.mark.parametrize(
    ("currency", "amount", "expected"),
    [("JPY", "10.5", "JPY has no decimal places"), ("BHD", "1.2345", "in digits")],
)
def test_an_amount_is_exact_in_its_currency(
    nora: Browser, seed: Seeding, currency: str, amount: str, expected: str
) -> None:
    seed.has(an_invoice(currency=currency, total=Decimal(300), balance=Decimal(300)))
    nora.get(PAGE)
    nora.send(PAGE, {**TYPED, "amount": amount}, status=422)
    assert expected in nora.text


def test_nothing_is_reported_where_nothing_is_owed(nora: Browser, seed: Seeding) -> None:
    seed.has(an_invoice(status="paid", balance=Decimal(0)))
    nora.get(f"/invoices/{INVOICE.id}")
    assert not nora.page.find("a", href=PAGE)
    nora.get(PAGE, status=404)


def test_the_client_may_withdraw_it(nora: Browser, services: Services) -> None:
    nora.get(PAGE)
    nora.send(PAGE, TYPED)
    nora.follow()
    order = orders(services)[0]
    nora.send(f"/requests/{order.id}/withdraw")
    assert orders(services)[0].state is OrderState.WITHDRAWN
    nora.get(PAGE)


def test_the_merchants_switch_is_a_wall(nora: Browser, seed: Seeding) -> None:
    seed.settings(may_report_payment=False)
    nora.get(f"/invoices/{INVOICE.id}")
    assert not nora.page.find("a", href=PAGE)
    nora.get(PAGE, status=404)


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def send_file(nora: Browser, content: bytes, name: str, *, status: int) -> None:
    """The form with a file, as a browser sends it."""
    nora.get(PAGE)
    hidden = {
        str(field["name"]): str(field.get("value", ""))
        for field in nora.form(PAGE).select("input[type=hidden]")
    }
    nora.post(PAGE, {**hidden, **TYPED, "proof": (BytesIO(content), name)}, status=status)  # type: ignore[dict-item]


def test_a_file_is_kept_sealed_for_the_merchant_alone(nora: Browser, services: Services) -> None:
    send_file(nora, PICTURE, "cheque.png", status=303)
    (order,) = orders(services)
    assert order.payload_as(ReportedPayment).proof == "image/png"
    raw = services.stores.records.get(order_keys.payment_proof(ORG, order.id))
    assert (
        raw
        and "iVBOR" not in str(raw)
        and getattr(services.payment_proofs.get(ORG, order.id), "content", None) == PICTURE
    )
    nora.follow()
    assert "A file is attached" in nora.text


def test_the_same_form_twice_keeps_one_file(nora: Browser, services: Services) -> None:
    send_file(nora, PICTURE, "cheque.png", status=303)
    (order,) = orders(services)
    nora.get(f"/requests/{order.id}")
    assert len(list(services.stores.records.scan_iter("*:proof:*"))) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "statement.pdf"),
        (b"MZ" + bytes(500), "cheque.png"),
        (b"%PDF-1.7" + bytes(1000), "large.pdf"),
    ],
)
def test_what_is_no_picture_or_pdf_or_too_large_is_refused_and_nothing_typed_is_lost(
    nora: Browser, services: Services, content: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_views, "MAX_BYTES", 1000)
    send_file(nora, content, name, status=422)
    assert "Please attach a PDF, PNG or JPEG of at most 2 MB." in nora.text and orders(services) == []
    assert nora.page.find("input", id="reference")["value"] == "Cheque 7"
    assert list(services.stores.records.scan_iter("*:proof:*")) == []
