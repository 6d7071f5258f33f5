"""The same pages while Zoho is away: with what was last known, and with nothing known at all. They are judged
like any other.
"""

from __future__ import annotations

from flask import Flask

from servers.running_product import RunningProduct
from tests.every_page.looks import Looks
from tests.every_page.people import LENA, client_signs_in
from tests.every_page.test_every_page import walk
from tests.every_page.zoho_weather import forget_all_copies, zoho_is_away
from tests.journeys.conftest import OpenPage


def test_pages_with_old_and_without_any_copies(
    product: RunningProduct, routes: Flask, open_page: OpenPage
) -> None:
    page = open_page(expects="503")
    client_signs_in(page, product, LENA)
    looks = Looks(page)
    with zoho_is_away(product):
        old = walk(page, routes, product, "away", looks, "/")
        forget_all_copies(product)
        cold = walk(
            page,
            routes,
            product,
            "cold",
            looks,
            "/",
            *(address.removeprefix(product.portal) for address in old.seen.values()),
        )
    assert looks.faults == [], "\n".join(looks.faults)
    assert {"dashboard.show", "estimates.one", "invoices.one"} <= set(old.seen)
    assert {"dashboard.show", "estimates.listing", "estimates.one"} <= set(cold.seen)
