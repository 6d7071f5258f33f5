"""The pages of estimates: what a row and a document offer, what can be done next, and what changed since an
earlier answer.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cache.records.orders.order import Order, OrderState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_estimate, an_invoice, today
from tests.gateway.seeding import ORG, Seeding
from workers.services import Services

ESTIMATE = an_estimate()
PAGE = f"/estimates/{ESTIMATE.id}"
DAY = dt.timedelta(days=1)
LATER = ESTIMATE.modified_at + dt.timedelta(hours=1)
REASON = "Too dear for <b>us</b>"


def answered(
    browser: Browser, services: Services, state: OrderState, way: str = "decline", **fields: str
) -> Order:
    """She answered, and this became of it."""
    browser.get(PAGE)
    browser.send(f"{PAGE}/{way}", fields)
    claim = services.orders.claim(ORG, services.orders.of_org(ORG, 1)[0].id, lease=5, settle=1)
    assert claim is not None
    return services.orders.move(claim, state, message="As it is.")


def test_a_row_offers_accept_at_once_and_decline_under_more(nora: Browser, seed: Seeding) -> None:
    seed.has(ESTIMATE, an_estimate("46000000003002", status="declined"))
    page = nora.get("/estimates")
    waiting, settled = sorted(
        page.select("table[data-selectable] tbody tr"), key=lambda row: "Declined" in row.get_text()
    )
    assert waiting.select_one(".button-primary")["href"] == f"{PAGE}/accept"
    more = waiting.select_one("details.drop-down")
    assert more.find("a", href=f"{PAGE}/decline") and not waiting.select_one(
        "a.button-primary[href$=decline]"
    )
    assert not settled.select(".is-action a") and page.find(
        "script", src=lambda src: "selected_rows.js" in str(src)
    )


def test_the_question_shows_the_terms_where_the_merchant_shows_them(nora: Browser, seed: Seeding) -> None:
    seed.has(ESTIMATE)
    for address in (PAGE, f"{PAGE}/accept"):
        terms = nora.get(address).find(class_="terms")
        assert terms.get_text() == "Half in advance." and terms["tabindex"] == "0"
    seed.settings(shows_terms=False)
    for address in (PAGE, f"{PAGE}/accept"):
        nora.get(address)
        assert (
            "Half in advance." not in nora.answer.get_data(as_text=True)
            and "under these terms" not in nora.text
        )


def test_a_declined_estimate_that_comes_back_shows_what_changed_beside_the_reason(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    order = answered(nora, services, OrderState.CONFIRMED, reason=REASON)
    seed.has(an_estimate(total=Decimal("999.00"), notes="We made it cheaper.", modified_at=LATER))
    section = nora.get(PAGE).find("section", attrs={"aria-labelledby": "reoffered"})
    words = " ".join(section.get_text(" ").split())
    assert "Offered again You declined it on" in words and REASON in words and not section.find("b")
    assert (
        "Total 1250.50 USD 999.00 USD" in words
        and "Notes Thank you for asking us. We made it cheaper." in words
    )
    assert section.find("a", href=f"/requests/{order.id}") and nora.page.find("form", action=f"{PAGE}/accept")
    nora.get("/estimates")
    assert "Offered again" in nora.text


def test_a_colleague_reads_whose_answer_it_was(
    nora: Browser, otto: Browser, seed: Seeding, services: Services, app_colleague: Browser
) -> None:
    seed.has(ESTIMATE)
    answered(nora, services, OrderState.CONFIRMED)
    seed.has(an_estimate(modified_at=LATER))
    app_colleague.get(PAGE)
    assert (
        "Nora West declined it on" in app_colleague.text
        and "Nothing in it has changed since then." in app_colleague.text
    )
    otto.get(PAGE, status=404)


@pytest.fixture
def app_colleague(nora: Browser, seed: Seeding) -> Browser:
    """A second person of Nora's company, signed in."""
    seed.client(ESTIMATE.customer_id, "46000000002009", email="pia@northwind.example", name="Pia Lund")
    browser = Browser(nora.app)
    browser.sign_in("pia@northwind.example", "a quiet harbour at dawn")
    return browser


def test_an_answer_that_came_too_late_for_its_offer_is_asked_again_with_the_difference(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    seed.has(ESTIMATE)
    answered(nora, services, OrderState.CHANGED, way="accept")
    seed.has(an_estimate(total=Decimal("1300.00"), modified_at=LATER))
    section = nora.get(PAGE).find("section", attrs={"aria-labelledby": "reoffered"})
    assert "Please answer again" in section.get_text() and "1300.00 USD" in section.get_text()


@pytest.mark.parametrize("state", [OrderState.REFUSED, OrderState.WITHDRAWN, OrderState.WAITING])
def test_an_answer_that_came_to_nothing_is_no_earlier_offer(
    nora: Browser, seed: Seeding, services: Services, state: OrderState
) -> None:
    seed.has(ESTIMATE)
    answered(nora, services, state)
    assert not nora.get(PAGE).find(id="reoffered")


@pytest.mark.parametrize(
    ("changes", "expected", "leads_to"),
    [
        (
            {"status": "declined"},
            "may rework it and offer it again",
            "/contact/mail?about=Estimate+EST-003001",
        ),
        (
            {"status": "expired"},
            "for a new one if you are still interested",
            "/contact/mail?about=Estimate+EST-003001",
        ),
        (
            {"expires_on": today() - DAY},
            "for a new one if you are still interested",
            "/contact/mail?about=Estimate+EST-003001",
        ),
        ({"status": "accepted"}, "turns it into an invoice next", ""),
        (
            {"status": "invoiced", "invoice_ids": ("46000000004001",)},
            "turned into an invoice",
            "/invoices/46000000004001",
        ),
    ],
)
def test_what_cannot_be_answered_says_what_can_be_done_next(
    nora: Browser, seed: Seeding, changes: dict[str, object], expected: str, leads_to: str
) -> None:
    seed.has(an_estimate(**changes), an_invoice())
    aside = nora.get(PAGE).find("aside")
    assert expected in " ".join(aside.get_text(" ").split())
    ways = [str(element["href"]) for element in aside.select("a.button")]
    assert ways == ([leads_to] if leads_to else [])
    if leads_to:
        nora.get(leads_to)
    assert not nora.page.find("form", action=f"{PAGE}/accept")


def test_without_mail_the_way_to_ask_is_the_contact_page(nora: Browser, seed: Seeding) -> None:
    seed.has(an_estimate(status="expired"))
    seed.settings(shows_mail=False)
    assert nora.get(PAGE).find("aside").find("a", href="/contact")


def test_print_is_offered_by_the_script_alone(nora: Browser, seed: Seeding) -> None:
    seed.has(ESTIMATE)
    button = nora.get(PAGE).select_one("button[data-print]")
    assert button.has_attr("hidden") and nora.page.find("script", src=lambda src: "printing.js" in str(src))
