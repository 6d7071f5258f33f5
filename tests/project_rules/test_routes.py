"""Every route of the URL map says who may open it, exactly once; nothing changes on GET."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Flask

from config.settings import Settings
from gateway.app import create_app
from tests.project_rules.route_rules import FILES_FOR_EVERYONE, route_faults


def test_every_route_is_guarded_by_exactly_one_access_decorator(settings: Settings) -> None:
    app = create_app(settings)
    routed = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert len(routed - FILES_FOR_EVERYONE) > 10, "the URL map is not all there"
    assert route_faults({endpoint: app.view_functions[endpoint] for endpoint in routed}) == []


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    return view


def client_only(view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return guarded


def test_the_rule_catches_no_guard_two_guards_and_a_guard_above_the_route() -> None:
    app = Flask("example")

    @app.get("/none")
    def none() -> str:
        return ""

    @app.get("/two")
    @open_to_all
    @client_only
    def two() -> str:
        return ""

    @client_only
    @app.get("/above")
    def above() -> str:
        return ""

    @app.get("/right")
    @client_only
    def right() -> str:
        return ""

    @app.get("/everyone")
    @open_to_all
    def everyone() -> str:
        return ""

    faults = route_faults(app.view_functions)
    assert [fault.split()[0].rstrip(":") for fault in faults] == ["none", "two", "above"]
