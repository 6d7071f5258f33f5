"""The same pages while Zoho is away: with what was last known, and with nothing known at all. They are judged
like any other.
"""

from __future__ import annotations

from flask import Flask

from tests.every_page.page_checks import PageChecks
from tests.every_page.personas import LENA, client_signs_in
from tests.every_page.test_every_page import walk
from tests.every_page.zoho_faults import clear_copies, zoho_unavailable
from tests.journeys.conftest import OpenPage
from tests.servers.running_product import RunningProduct


def test_pages_with_old_and_without_any_copies(
    product: RunningProduct, routes: Flask, open_page: OpenPage
) -> None:
    page = open_page(expects="503")
    client_signs_in(page, product, LENA)
    page_checks = PageChecks(page)
    with zoho_unavailable(product):
        old = walk(page, routes, product, "away", page_checks, "/")
        clear_copies(product)
        cold = walk(
            page,
            routes,
            product,
            "cold",
            page_checks,
            "/",
            *(address.removeprefix(product.portal) for address in old.seen.values()),
        )
    assert page_checks.faults == [], "\n".join(page_checks.faults)
    assert {"dashboard.show", "estimates.detail", "invoices.detail"} <= set(old.seen)
    assert {"dashboard.show", "estimates.listing", "estimates.detail"} <= set(cold.seen)
