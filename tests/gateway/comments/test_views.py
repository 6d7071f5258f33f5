"""A client writes under an estimate or an invoice: one order per form, shown to the customer's people and to
nobody else.
"""

from __future__ import annotations

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

ESTIMATE, INVOICE = an_estimate(), an_invoice()
PAGES = {
    OrderKind.COMMENT_ESTIMATE: f"/estimates/{ESTIMATE.id}",
    OrderKind.COMMENT_INVOICE: f"/invoices/{INVOICE.id}",
}
COMMENT = "Could you ship it <b>to</b> the new yard?"


@pytest.fixture(autouse=True)
def documents(seed: Seeding) -> None:
    seed.has(ESTIMATE, INVOICE)


def orders(services: Services) -> list[Order]:
    return services.orders.of_org(ORG, 10)


@pytest.mark.parametrize("kind", PAGES)
def test_a_comment_is_recorded_and_its_receipt_shown(
    nora: Browser, services: Services, kind: OrderKind
) -> None:
    page = PAGES[kind]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": COMMENT})
    (order,) = orders(services)
    assert (order.kind, order.reason, order.state, order.customer_id) == (
        kind,
        COMMENT,
        OrderState.RECORDED,
        "46000000001001",
    )
    assert nora.answer.headers["Location"] == f"/requests/{order.id}"
    nora.follow()
    assert (
        COMMENT in nora.text and "Comment on" in nora.text and "$" not in nora.page.find("aside").get_text()
    )
    assert nora.page.find("aside").find("a", href=page)
    assert services.orders.due(10) == [(ORG, order.id)]


@pytest.mark.parametrize("kind", PAGES)
def test_it_stands_under_its_document_with_where_it_is(nora: Browser, kind: OrderKind) -> None:
    nora.get(PAGES[kind])
    nora.send(f"{PAGES[kind]}/comments", {"text": COMMENT})
    section = nora.get(PAGES[kind]).find("section", attrs={"aria-labelledby": "comments"})
    assert COMMENT in section.get_text() and not section.find("b")
    assert "By you" in section.get_text() and section.find(class_="badge-waiting")


def test_a_comment_does_not_take_the_place_of_the_answer(nora: Browser) -> None:
    page = PAGES[OrderKind.COMMENT_ESTIMATE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": COMMENT})
    assert nora.get(page).find("form", action=f"{page}/accept")
    nora.get("/estimates")
    nora.get("/")


def test_a_double_click_is_one_comment_and_a_second_comment_a_second_one(
    nora: Browser, services: Services
) -> None:
    page = PAGES[OrderKind.COMMENT_INVOICE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": "One."})
    nora.send(f"{page}/comments", {"text": "One."})
    assert len(orders(services)) == 1
    nora.get(page)
    nora.send(f"{page}/comments", {"text": "Two."})
    assert sorted(order.reason for order in orders(services)) == ["One.", "Two."]


@pytest.mark.parametrize(
    ("text", "expected"), [("  ", "Please write your comment."), ("x" * 1001, "at most 1000 characters")]
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    nora: Browser, services: Services, text: str, expected: str
) -> None:
    page = PAGES[OrderKind.COMMENT_ESTIMATE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": text}, status=422)
    assert expected in nora.text
    assert nora.page.find("textarea").get_text().strip() == text.strip()
    assert orders(services) == []


def test_the_merchants_switch_takes_away_the_box_and_the_way(
    nora: Browser, services: Services, seed: Seeding
) -> None:
    page = PAGES[OrderKind.COMMENT_ESTIMATE]
    form = nora.get(page).find("form", action=f"{page}/comments")
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    seed.settings(may_comment=False)
    for address in PAGES.values():
        assert not nora.get(address).find("form", action=f"{address}/comments")
        nora.post(f"{address}/comments", {**fields, "text": COMMENT}, status=404)
    assert orders(services) == []


def test_nobody_else_reads_it(nora: Browser, otto: Browser, services: Services) -> None:
    page = PAGES[OrderKind.COMMENT_INVOICE]
    nora.get(page)
    nora.send(f"{page}/comments", {"text": COMMENT})
    otto.get(f"/requests/{orders(services)[0].id}", status=404)
    otto.get("/requests")
    assert COMMENT not in otto.text
    nora.get("/activity")
    assert f"Comment on invoice {INVOICE.number}" in nora.text
