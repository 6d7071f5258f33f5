"""Comments both ways: the merchant writes back under a client's words, and the client reads it once it stands
in Zoho.
"""

from __future__ import annotations

import pytest

from cache.records.orders.order import Order, OrderKind, OrderState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate, an_invoice
from tests.gateway.seeding import ORG, Seeding
from workers.push.after_order import after_order
from workers.services import Services

ESTIMATE, INVOICE = an_estimate(), an_invoice()
COMMENT = "Of course, <b>gladly</b>."


def asked(nora: Browser, seed: Seeding, services: Services, page: str, way: str, **fields: str) -> Order:
    seed.has(ESTIMATE, INVOICE)
    nora.get(page)
    nora.send(f"{page}/{way}", fields)
    return services.orders.of_org(ORG, 1)[0]


def address(order: Order) -> str:
    return f"/merchant/{ORG}/requests/{order.id}"


def write_back(owner: Browser, order: Order, text: str = COMMENT, *, status: int = 303) -> None:
    owner.get(address(order))
    owner.send(f"{address(order)}/comment", {"text": text}, status=status)


def confirm(services: Services) -> Order:
    """What a worker does once Zoho shows it."""
    claim = services.orders.claim(ORG, services.orders.of_org(ORG, 1)[0].id, lease=5, settle=1)
    assert claim is not None
    order = services.orders.move(claim, OrderState.CONFIRMED, message="Your comment stands in Zoho.")
    after_order(services, order)  # type: ignore[arg-type]
    return order


@pytest.mark.parametrize(
    ("page", "way", "fields", "kind"),
    [
        (f"/estimates/{ESTIMATE.id}", "comments", {"text": "Could you ship it?"}, OrderKind.COMMENT_ESTIMATE),
        (f"/estimates/{ESTIMATE.id}", "decline", {"reason": "Too dear"}, OrderKind.COMMENT_ESTIMATE),
        (f"/invoices/{INVOICE.id}", "comments", {"text": "Is this right?"}, OrderKind.COMMENT_INVOICE),
    ],
)
def test_the_client_reads_the_answer_once_it_stands_in_zoho(
    nora: Browser,
    owner: Browser,
    seed: Seeding,
    services: Services,
    page: str,
    way: str,
    fields: dict[str, str],
    kind: OrderKind,
) -> None:
    question = asked(nora, seed, services, page, way, **fields)
    write_back(owner, question)
    owner.follow()
    assert COMMENT in owner.text and not owner.page.find("main").find("b")
    answer = services.orders.of_org(ORG, 1)[0]
    assert (answer.kind, answer.document_id, answer.customer_id) == (
        kind,
        question.document_id,
        question.customer_id,
    )
    nora.get(page)
    assert COMMENT not in nora.text
    confirm(services)
    nora.get(page)
    assert COMMENT in nora.text and "By Ada Okafor of Harbour Light Studio" in nora.text
    assert not nora.page.find("a", href=f"/requests/{answer.id}")


def test_it_is_no_request_of_the_clients(
    nora: Browser, owner: Browser, seed: Seeding, services: Services
) -> None:
    question = asked(nora, seed, services, f"/invoices/{INVOICE.id}", "comments", text="Is this right?")
    write_back(owner, question)
    answer = confirm(services)
    nora.get("/requests")
    assert question.id in nora.text and answer.id not in nora.text
    nora.get(f"/requests/{answer.id}", status=404)
    nora.get("/activity")
    assert (
        "Ada Okafor wrote it for the merchant" in nora.text
        and answer.id not in nora.text
        and COMMENT not in nora.text
    )
    assert "receipt" not in {email.kind for email in services.emails.recent(ORG, 10)}


def test_a_double_click_is_one_comment(
    nora: Browser, owner: Browser, seed: Seeding, services: Services
) -> None:
    question = asked(nora, seed, services, f"/invoices/{INVOICE.id}", "comments", text="Is this right?")
    write_back(owner, question)
    owner.send(f"{address(question)}/comment", {"text": COMMENT})
    assert len(services.orders.of_org(ORG, 10)) == 2


@pytest.mark.parametrize(
    ("text", "expected"), [("  ", "Please write your comment."), ("x" * 1001, "at most 1000 characters")]
)
def test_what_cannot_be_taken_comes_back_as_it_was_typed(
    nora: Browser, owner: Browser, seed: Seeding, services: Services, text: str, expected: str
) -> None:
    question = asked(nora, seed, services, f"/invoices/{INVOICE.id}", "comments", text="Is this right?")
    write_back(owner, question, text, status=422)
    assert expected in owner.text and owner.page.find("textarea").get_text().strip() == text.strip()
    assert len(services.orders.of_org(ORG, 10)) == 1


def test_only_where_there_is_something_to_write_under(
    nora: Browser, owner: Browser, seed: Seeding, services: Services
) -> None:
    nora.get("/details/edit")
    hidden = {
        str(field["name"]): str(field.get("value", ""))
        for field in nora.form("/details/edit").select("input")
    }
    nora.post("/details/edit", {**hidden, "first_name": "Norah"})
    edit = services.orders.of_org(ORG, 1)[0]
    owner.get(address(edit))
    assert not owner.page.find(id="comments")
    token = str(owner.page.find("input", attrs={"name": "csrf_token"})["value"])
    owner.post(
        f"{address(edit)}/comment", {"text": COMMENT, "form_key": "k" * 20, "csrf_token": token}, status=404
    )


def test_another_customer_reads_nothing_of_it(
    nora: Browser, otto: Browser, owner: Browser, seed: Seeding, services: Services
) -> None:
    question = asked(nora, seed, services, f"/invoices/{INVOICE.id}", "comments", text="Is this right?")
    write_back(owner, question)
    confirm(services)
    for page in ("/requests", "/activity", "/"):
        otto.get(page)
        assert COMMENT not in otto.answer.get_data(as_text=True) and "Ada Okafor" not in otto.text
