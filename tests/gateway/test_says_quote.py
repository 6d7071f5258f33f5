"""A merchant who says "quote": no page of their clients says "estimate", in any word that is ours."""

from __future__ import annotations

import dataclasses
import re

from flask import Flask

from gateway.access import Access, access_of
from tests.security.two_houses import ESTIMATE, INVOICE, ORG, TwoHouses

SAYS = re.compile(r"\bestimates?\b", re.IGNORECASE)
TAGS = re.compile(r"<script.*?</script>|<[^>]+>", re.DOTALL)
DOCUMENTS = (
    f"/estimates/{ESTIMATE}",
    f"/estimates/{ESTIMATE}/accept",
    f"/estimates/{ESTIMATE}/decline",
    f"/invoices/{INVOICE}",
)


def test_with_the_switch_no_client_page_says_estimate(app: Flask) -> None:
    houses = TwoHouses(app)
    records = houses.wiring.portal_settings
    records.save(ORG, dataclasses.replace(records.get(ORG), says_quote=True))
    pages = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.arguments
        and "GET" in (rule.methods or ())
        and access_of(app.view_functions[rule.endpoint]) is Access.CLIENT
    ]
    assert {"/", "/estimates", "/requests"} <= set(pages)
    seen = ""
    for address in (*pages, *DOCUMENTS, f"/requests/{houses.order.id}"):
        answer = houses.nora.ask("GET", address)
        if answer.mimetype == "text/html":
            words = TAGS.sub(" ", answer.get_data(as_text=True))
            assert SAYS.findall(words) == [], address
            seen += words
    assert "Quotes" in seen and "Accept quote" in seen
