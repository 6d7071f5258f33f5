"""Every route of the URL map carries exactly one access decorator; one without answers 404 to everybody."""

from __future__ import annotations

import re

from flask import Flask

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.access import STATIC_ENDPOINTS, access_of
from tests.gateway.browser import Browser


def test_every_route_is_marked(app: Flask) -> None:
    unmarked = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in STATIC_ENDPOINTS and access_of(app.view_functions[rule.endpoint]) is None
    ]
    assert unmarked == []


def test_a_forgotten_mark_closes_the_page(settings: Settings, stores: Stores) -> None:
    app = create_app(settings)
    app.add_url_rule("/forgotten", "forgotten", lambda: "everybody's invoices")
    Browser(app).get("/forgotten", status=404)


def test_every_id_in_an_address_is_typed(app: Flask) -> None:
    untyped = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in STATIC_ENDPOINTS and re.search(r"<\w+>", rule.rule)
    ]
    assert untyped == []
