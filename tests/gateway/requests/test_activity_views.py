"""The activity of a client's company: their own part only, on the page and in what they take away."""

from __future__ import annotations

import csv
import io

import pytest

from cache.records.orders.order import OrderState
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import OTHER_CUSTOMER, an_estimate
from tests.gateway.seeding import ORG, Seeding
from workers.push.after_order import after_order
from workers.services import Services

MINE, THEIRS = an_estimate(), an_estimate("46000000003777", customer_id=OTHER_CUSTOMER, number="SECRET-E")


@pytest.fixture
def asked(nora: Browser, otto: Browser, seed: Seeding) -> str:
    """Nora and Otto have each accepted an estimate; the address of Nora's receipt."""
    seed.has(MINE, THEIRS)
    for browser, estimate in ((otto, THEIRS), (nora, MINE)):
        browser.get(f"/estimates/{estimate.id}")
        browser.send(f"/estimates/{estimate.id}/accept")
    return nora.answer.headers["Location"]


def test_nothing_has_happened_yet(nora: Browser, seed: Seeding) -> None:
    nora.get("/activity")
    assert "Nothing yet" in nora.text


def test_who_asked_for_what_stands_there_with_its_receipt(nora: Browser, asked: str) -> None:
    nora.get("/activity")
    assert f"Acceptance of estimate {MINE.number}" in nora.text and "Nora West asked for it" in nora.text
    assert nora.page.select_one(f'main a[href="{asked}"]')
    assert "SECRET" not in nora.text and "Otto" not in nora.text


def test_the_same_form_sent_twice_is_one_line(nora: Browser, seed: Seeding, services: Services) -> None:
    seed.has(MINE)
    nora.get(f"/estimates/{MINE.id}")
    for _ in range(2):
        nora.send(f"/estimates/{MINE.id}/accept")
    assert [item.event for item in services.activity.recent(ORG, 10)] == ["order_recorded"]


def test_what_zoho_answered_follows(nora: Browser, asked: str, services: Services) -> None:
    claim = services.orders.claim(ORG, asked.rsplit("/", 1)[1], lease=5, settle=1)
    assert claim is not None
    order = services.orders.move(
        claim, OrderState.REFUSED, message="Zoho refused it.", zoho_message="=cmd|quote has expired"
    )
    after_order(services, order)  # type: ignore[arg-type]  # needs what both have: orders, activity, the doorbell
    nora.get("/activity")
    assert "Refused by Zoho" in nora.text and "=cmd|quote has expired" in nora.text
    nora.get("/activity.csv")
    rows = list(csv.DictReader(io.StringIO(nora.answer.get_data().decode("utf-8-sig"))))
    assert [row["happened"] for row in rows] == ["Refused by Zoho", "Nora West asked for it"]
    assert rows[0]["zoho"] == "'=cmd|quote has expired", "no spreadsheet runs it"
    nora.get("/activity.json")
    assert [record["zoho"] for record in nora.answer.get_json()["activity"]] == ["=cmd|quote has expired", ""]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_is_taken_away_is_their_own_part_and_a_file(
    nora: Browser, otto: Browser, asked: str, kind: str
) -> None:
    nora.get(f"/activity.{kind}")
    assert nora.answer.headers["Content-Disposition"] == f"attachment; filename=activity.{kind}"
    assert "SECRET" not in nora.answer.get_data(as_text=True) and MINE.number in nora.answer.get_data(
        as_text=True
    )
    otto.get(f"/activity.{kind}")
    assert MINE.number not in otto.answer.get_data(as_text=True)


def test_it_can_be_narrowed_to_a_kind_on_the_page_and_in_the_file(nora: Browser, asked: str) -> None:
    nora.get(f"/estimates/{MINE.id}")
    nora.send(f"/estimates/{MINE.id}/comments", {"text": "One question."})
    nora.get("/contact/mail")
    nora.send("/contact/mail", {"subject": "Mooring", "message": "Is it free?"})
    shown = {"answers": "Acceptance of", "comments": "Comment on", "words": "Message to the merchant"}
    for group, words in shown.items():
        nora.get(f"/activity?show={group}")
        assert [row.th.get_text().startswith(words) for row in nora.page.select("main tbody tr")] == [True]
        assert nora.page.select_one(".page-menu [aria-current]")["href"] == f"/activity?show={group}"
        nora.get(str(nora.page.find("a", string="Save for a spreadsheet")["href"]))
        assert words in nora.answer.text and sum(other in nora.answer.text for other in shown.values()) == 1
    nora.get("/activity?show=details")
    assert "None of these" in nora.text and nora.page.find("a", href="/activity", class_="button")
    nora.get("/activity?show=nonsense")
    assert len(nora.page.select("main tbody tr")) == 3
