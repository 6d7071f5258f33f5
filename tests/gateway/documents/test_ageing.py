"""Every total explains itself: the list behind each figure holds exactly the invoices that make it."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from bs4 import Tag

from connectors.zoho.documents.invoice import OPEN_STATUSES
from gateway.documents.ageing import BANDS, BAR, band_of, outstanding
from tests.gateway.browser import Browser
from tests.gateway.sample_documents import an_invoice, today
from tests.gateway.seeding import Seeding
from workers.services import Services

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("late", "status", "key"),
    [
        (-5, "sent", "due"),
        (0, "sent", "due"),
        (1, "sent", "late_30"),
        (30, "overdue", "late_30"),
        (31, "sent", "late_60"),
        (60, "viewed", "late_60"),
        (61, "sent", "late_90"),
        (90, "partially_paid", "late_90"),
        (91, "sent", "late_more"),
        (4000, "overdue", "late_more"),
        (0, "overdue", "late_30"),
        (-5, "overdue", "late_30"),
        (None, "sent", "due"),
        (None, "overdue", "late_30"),
    ],
)
def test_an_invoice_stands_in_one_band(late: int | None, status: str, key: str) -> None:
    due_on = None if late is None else today() - late * DAY
    assert band_of(an_invoice(due_on=due_on, status=status), today()).key == key


def test_the_bar_is_never_wider_than_it_is_and_shows_the_smallest_share() -> None:
    owed = {0: 1, 20: 10**9, 50: 1, 80: 1, 99: 1}
    invoices = [
        an_invoice(due_on=today() - late * DAY, balance=Decimal(amount)) for late, amount in owed.items()
    ]
    (one,) = outstanding(invoices, today())
    pieces = one.segments
    assert len(pieces) == len(BANDS) and all(piece.width >= 12 for piece in pieces)
    assert all(piece.start + piece.width < after.start for piece, after in pairwise(pieces))
    assert pieces[-1].start + pieces[-1].width <= BAR


def amount_of(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text))


def listed(browser: Browser, address: str) -> Decimal:
    """The sum of what is still owed on the invoices of a list, all its pages."""
    total = Decimal(0)
    while address:
        page = browser.get(address)
        for row in page.select("table.records tbody tr"):
            cell = row.select_one(".is-balance") or row.select_one(".is-amount")
            assert isinstance(cell, Tag)
            total += amount_of(cell.select(".money")[-1].get_text())
        following = page.find("a", rel="next")
        address = str(following["href"]) if isinstance(following, Tag) else ""
    return total


def test_the_documents_behind_every_figure_add_up_to_it(
    nora: Browser, seed: Seeding, services: Services
) -> None:
    chance = random.Random(6)
    statuses = [*sorted(OPEN_STATUSES), "paid", "void", "draft"]
    documents = []
    for number in range(140):
        late, status = chance.randint(-40, 130), chance.choice(statuses)
        total = Decimal(chance.randint(1, 99_999)) / 100
        balance = (
            Decimal(0) if status == "paid" else chance.choice([total, (total / 2).quantize(Decimal("0.01"))])
        )
        due_on = None if chance.random() < 0.05 else today() - late * DAY
        currency = chance.choice(["USD", "EUR"])
        documents.append(
            an_invoice(
                str(number + 1), status=status, total=total, balance=balance, due_on=due_on, currency=currency
            )
        )
    seed.has(*documents, only_rows=True)
    page = nora.get("/")
    figures = [
        (amount_of(element.get_text()), str(element["href"]))
        for element in page.select(".ageing a")
        if element.find(class_="money")
    ]
    assert len(figures) == 2 * (1 + len(BANDS))
    for figure, address in figures:
        assert listed(nora, address) == figure, address
    for head in page.select(".need-head"):
        figures = [amount_of(element.get_text()) for element in head.select(".need-sums .money")]
        assert listed(nora, str(head.find("a")["href"])) == sum(figures)
