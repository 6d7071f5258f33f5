"""Trouble has a plain page, leaks nothing, and asks nobody for anything."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask, abort

from cache.stores import Stores
from config.settings import Settings
from gateway.app import create_app
from gateway.web.access import open_to_all
from tests.gateway.browser import Browser
from tests.servers.free_ports import free_ports


@pytest.fixture
def portal_without_redis(settings: Settings) -> Browser:
    nowhere = f"redis://127.0.0.1:{free_ports(1)[0]}/0"
    return Browser(create_app(dataclasses.replace(settings, redis_url=nowhere, cache_redis_url=nowhere)))


def test_a_store_that_is_away_is_said_so_with_a_time_to_try_again(portal_without_redis: Browser) -> None:
    portal_without_redis.get("/sign-in", status=503)
    assert portal_without_redis.answer.headers["Retry-After"] == "10"
    assert "Back in a moment" in portal_without_redis.text
    portal_without_redis.get("/no-such-page", status=404)


def test_a_store_that_is_away_does_not_make_the_process_dead_but_not_ready(
    portal_without_redis: Browser,
) -> None:
    portal_without_redis.get("/healthz")
    portal_without_redis.get("/readyz", status=503)
    assert portal_without_redis.answer.get_json()["faults"] == ["records", "copies"]


def test_ready_means_that_every_kind_of_worker_was_heard_lately(
    visitor: Browser, stores: Stores, app: Flask
) -> None:
    visitor.get("/readyz", status=503)
    assert visitor.answer.get_json()["faults"] == ["clock", "push", "pull", "mail"]
    for kind in ("clock", "push", "pull", "mail"):
        app.extensions["foyer"].heartbeats.beat(kind)
    visitor.get("/readyz")


def test_an_error_of_ours_tells_the_person_nothing_about_us(settings: Settings, stores: Stores) -> None:
    app = create_app(dataclasses.replace(settings, environment="production"))

    @open_to_all
    def broken() -> str:
        raise RuntimeError("the sealing key is 0123456789")

    app.add_url_rule("/broken", "broken", broken)
    browser = Browser(app)
    browser.get("/broken", status=500)
    assert "sealing key" not in browser.answer.get_data(as_text=True) and "Traceback" not in browser.text


def test_what_one_may_not_see_looks_like_what_is_not_there(settings: Settings, stores: Stores) -> None:
    app = create_app(settings)

    @open_to_all
    def forbidden() -> str:
        abort(403)

    app.add_url_rule("/forbidden", "forbidden", forbidden)
    Browser(app).get("/forbidden", status=404)


def test_a_form_of_another_site_is_refused(visitor: Browser) -> None:
    visitor.post("/sign-in", {"email": "a@b.example", "password": "x"}, status=400)
    assert "Please try again" in visitor.text


def test_a_huge_form_is_refused(visitor: Browser) -> None:
    visitor.get("/sign-in")
    visitor.send("/sign-in", {"email": "a" * 300_000, "password": "x"}, status=413)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_methods_no_page_has_are_refused(visitor: Browser, app: Flask, method: str) -> None:
    assert getattr(app.test_client(), method)("/sign-in").status_code == 405
