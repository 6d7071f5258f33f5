"""A merchant who says "quote": no page of their clients says "estimate", in any word that is ours."""

from __future__ import annotations

import dataclasses
import re

from flask import Flask

from gateway.web.access import Access, access_of
from tests.security.two_organisations import ESTIMATE, INVOICE, ORG, TwoOrganisations

QUOTE_SETTINGS = re.compile(r"\bestimates?\b", re.IGNORECASE)
TAGS = re.compile(r"<script.*?</script>|<[^>]+>", re.DOTALL)
DOCUMENTS = (
    f"/estimates/{ESTIMATE}",
    f"/estimates/{ESTIMATE}/accept",
    f"/estimates/{ESTIMATE}/decline",
    f"/invoices/{INVOICE}",
)


def test_with_the_switch_no_client_page_says_estimate(app: Flask) -> None:
    organisations = TwoOrganisations(app)
    records = organisations.services.portal_settings
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
    for address in (*pages, *DOCUMENTS, f"/requests/{organisations.order.id}"):
        answer = organisations.nora.ask("GET", address)
        if answer.mimetype == "text/html":
            words = TAGS.sub(" ", answer.get_data(as_text=True))
            assert QUOTE_SETTINGS.findall(words) == [], address
            seen += words
    assert "Quotes" in seen and "Accept quote" in seen
