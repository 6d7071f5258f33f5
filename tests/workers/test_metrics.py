"""The figures for Prometheus: true, without people in them, and there when the stores are not."""

from __future__ import annotations

import dataclasses
import socket
import urllib.request

import pytest
from prometheus_client.core import CollectorRegistry
from prometheus_client.exposition import generate_latest

from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import ConnectionState
from config.settings import Settings
from tests.servers.free_ports import free_ports
from workers.metrics import StoreMetrics, serve_metrics
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services


def scraped(services: Services) -> dict[str, float]:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StoreMetrics(services))
    lines = generate_latest(registry).decode().splitlines()
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")
    }


def test_the_figures_follow_what_happens(services: Services, org: str) -> None:
    before = scraped(services)
    assert before['foyer_connections{state="connected"}'] == 1
    assert f'foyer_list_age_seconds{{list="invoices",org="{org}"}}' not in before
    pull_organisation(org, services)
    services.sync_lags.note(org, "invoices", [12.0])
    services.heartbeats.beat("pull")
    after = scraped(services)
    assert after[f'foyer_list_age_seconds{{list="invoices",org="{org}"}}'] < 60
    assert after[f'foyer_change_lag_seconds{{list="invoices",org="{org}"}}'] == 12
    assert (
        after[f'foyer_zoho_calls_today{{class="sync",org="{org}"}}']
        == services.zoho.books_budget.today(org)[CallClass.SYNC].calls
        > 5
    )
    assert after[f'foyer_zoho_calls_left{{org="{org}"}}'] > 0
    assert after['foyer_heartbeat_age_seconds{process="pull"}'] < 60


def test_work_that_nobody_takes_shows(services: Services, org: str) -> None:
    assert scraped(services)['foyer_overdue_work{kind="sync"}'] == 0
    services.sync_due.set_in(org, -100)
    assert scraped(services)['foyer_overdue_work{kind="sync"}'] == 1


def test_a_lost_connection_shows_and_its_lists_go(services: Services, org: str) -> None:
    pull_organisation(org, services)
    services.connections.mark(org, ConnectionState.RECONNECT_NEEDED)
    found = scraped(services)
    assert found['foyer_connections{state="reconnect_needed"}'] == 1
    assert not [name for name in found if "foyer_list_age" in name]


def test_without_the_stores_there_is_one_figure_that_says_so(settings: Settings) -> None:
    nowhere = f"redis://127.0.0.1:{free_ports(1)[0]}/0"
    assert scraped(build_services(dataclasses.replace(settings, redis_url=nowhere))) == {
        "foyer_stores_up": 0.0
    }


def test_they_are_served_where_they_are_told_and_nowhere_else(
    services: Services, settings: Settings, org: str
) -> None:
    port = free_ports(1)[0]
    serve_metrics(services, dataclasses.replace(settings, metrics_address=f"127.0.0.1:{port}"))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        assert b"foyer_stores_up 1.0" in answer.read()
    serve_metrics(services, dataclasses.replace(settings, metrics_address=f"127.0.0.1:{port}"))


def test_a_second_clock_on_the_same_host_goes_on_without_serving(
    services: Services, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        serve_metrics(
            services, dataclasses.replace(settings, metrics_address=f"127.0.0.1:{taken.getsockname()[1]}")
        )


@pytest.mark.usefixtures("org")
def test_no_person_appears_in_them(services: Services, org: str) -> None:
    for _ in range(2):
        pull_organisation(org, services)
    text = str(scraped(services))
    assert "@" not in text and "Harbour" not in text
