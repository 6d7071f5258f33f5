"""A client writes under an estimate or an invoice: one order per form, shown to the customer's people and to
nobody else.
"""

from __future__ import annotations

import pytest

from cache.records.order import Order, OrderKind, OrderState
from gateway.wiring import Wiring
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding

ESTIMATE, INVOICE = an_estimate(), an_invoice()
PAGES = {
    OrderKind.COMMENT_ESTIMATE: f"/estimates/{ESTIMATE.id}",
    OrderKind.COMMENT_INVOICE: f"/invoices/{INVOICE.id}",
}
WORDS = "Could you ship it <b>to</b> the new yard?"


@pytest.fixture(autouse=True)
def documents(seed: Seeding) -> None:
    seed.has(ESTIMATE, INVOICE)


def orders(wiring: Wiring) -> list[Order]:
    return wiring.orders.of_org(ORG, 10)


@pytest.mark.parametrize("kind", PAGES)
def test_a_comment_is_recorded_and_its_receipt_shown(nora: Browser, wiring: Wiring, kind: OrderKind) -> None:
    page = PAGES[kind]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": WORDS})
    (order,) = orders(wiring)
    assert (order.kind, order.reason, order.state, order.customer_id) == (
        kind,
        WORDS,
        OrderState.RECORDED,
        "46000000001001",
    )
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"
    nora.follow()
    assert WORDS in nora.text and "Comment on" in nora.text and "$" not in nora.page.find("aside").get_text()
    assert nora.page.find("aside").find("a", href=page)
    assert wiring.orders.due(10) == [(ORG, order.id)]


@pytest.mark.parametrize("kind", PAGES)
def test_it_stands_under_its_document_with_where_it_is(nora: Browser, kind: OrderKind) -> None:
    nora.get(PAGES[kind])
    nora.send(f"{PAGES[kind]}/comments", {"text": WORDS})
    section = nora.get(PAGES[kind]).find("section", attrs={"aria-labelledby": "comments"})
    assert WORDS in section.get_text() and not section.find("b")
    assert "By you" in section.get_text() and section.find(class_="badge-waiting")


def test_a_comment_does_not_take_the_place_of_the_answer(nora: Browser) -> None:
    page = PAGES[OrderKind.COMMENT_ESTIMATE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": WORDS})
    assert nora.get(page).find("form", action=f"{page}/accept")
    nora.get("/estimates")
    nora.get("/")


def test_a_double_click_is_one_comment_and_a_second_comment_a_second_one(
    nora: Browser, wiring: Wiring
) -> None:
    page = PAGES[OrderKind.COMMENT_INVOICE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": "One."})
    nora.send(f"{page}/comments", {"text": "One."})
    assert len(orders(wiring)) == 1
    nora.get(page)
    nora.send(f"{page}/comments", {"text": "Two."})
    assert sorted(order.reason for order in orders(wiring)) == ["One.", "Two."]


@pytest.mark.parametrize(
    ("text", "words"), [("  ", "Please write your comment."), ("x" * 1001, "at most 1000 characters")]
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    nora: Browser, wiring: Wiring, text: str, words: str
) -> None:
    page = PAGES[OrderKind.COMMENT_ESTIMATE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": text}, status=422)
    assert words in nora.text
    assert nora.page.find("textarea").get_text().strip() == text.strip()
    assert orders(wiring) == []


def test_the_merchants_switch_takes_away_the_box_and_the_way(
    nora: Browser, wiring: Wiring, seed: Seeding
) -> None:
    page = PAGES[OrderKind.COMMENT_ESTIMATE]
    form = nora.get(page).find("form", action=f"{page}/comments")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    seed.settings(may_comment=False)
    for address in PAGES.values():
        assert not nora.get(address).find("form", action=f"{address}/comments")
        nora.post(f"{address}/comments", {**fields, "text": WORDS}, status=404)
    assert orders(wiring) == []


def test_nobody_else_reads_it(nora: Browser, otto: Browser, wiring: Wiring) -> None:
    page = PAGES[OrderKind.COMMENT_INVOICE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": WORDS})
    otto.get(f"/requests/{orders(wiring)[0].id}", status=404)
    otto.get("/requests")
    assert WORDS not in otto.text
    nora.get("/activity")
    assert f"Comment on invoice {INVOICE.number}" in nora.text
