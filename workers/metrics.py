"""Figures for Prometheus, read from the stores at each scrape: every clock serves the same ones.

Organisations appear by our key for them; persons, documents and amounts do not appear.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import structlog
from prometheus_client import start_http_server
from prometheus_client.core import CollectorRegistry, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from cache.clock import store_now
from cache.records.connections.connection import Connection, ConnectionState
from cache.stores import StoreUnavailable, store_errors
from config.settings import Settings
from workers.pull.lists import lists_of
from workers.queues import QUEUES
from workers.services import Services

log = structlog.get_logger()

LATE = 30.0
"""Seconds after which due work that no worker took counts as late."""


class StoreMetrics(Collector):
    """Collect all figures. While the stores are down there is one figure, which says so."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def collect(self) -> Iterator[Metric]:
        try:
            with store_errors():
                yield from [_gauge("foyer_stores_up", "1 when Redis answers.", 1.0), *self._all()]
        except StoreUnavailable:
            yield _gauge("foyer_stores_up", "1 when Redis answers.", 0.0)

    def _all(self) -> list[Metric]:
        connections = self._services.connections.all()
        connected = [
            connection for connection in connections if connection.state is ConnectionState.CONNECTED
        ]
        now = store_now(self._services.stores.records)
        return [
            self._connections(connections),
            self._beats(now),
            self._late(),
            self._ages(connected, now),
            self._lags(connected),
            self._calls(connected),
            self._calls_left(connected),
        ]

    def _connections(self, connections: list[Connection]) -> Metric:
        metric = GaugeMetricFamily(
            "foyer_connections", "Organisations by the state of their connection.", labels=["state"]
        )
        counts = Counter(connection.state for connection in connections)
        for state in ConnectionState:
            metric.add_metric([state.value], counts[state])
        return metric

    def _beats(self, now: dt.datetime) -> Metric:
        documentation = "Since the last sign of life; absent before the first."
        metric = GaugeMetricFamily("foyer_heartbeat_age_seconds", documentation, labels=["process"])
        for process in ("clock", *QUEUES):
            last = self._services.heartbeats.last(process)
            if last is not None:
                metric.add_metric([process], max(0.0, (now - last).total_seconds()))
        return metric

    def _late(self) -> Metric:
        metric = GaugeMetricFamily(
            "foyer_overdue_work", f"Work due for more than {LATE:.0f} s that nobody took.", labels=["kind"]
        )
        for kind, due in (
            ("orders", self._services.orders_due),
            ("sync", self._services.sync_due),
            ("mail", self._services.mail_due),
        ):
            metric.add_metric([kind], due.how_many_late(by=LATE))
        return metric

    def _ages(self, connected: list[Connection], now: dt.datetime) -> Metric:
        metric = GaugeMetricFamily(
            "foyer_list_age_seconds", "Since a list was last read without a fault.", labels=["org", "list"]
        )
        for connection in connected:
            for mirrored in lists_of(connection):
                last = self._services.sync_states.get(connection.org, mirrored.name).last_success
                if last is not None:
                    metric.add_metric([connection.org, mirrored.name], max(0.0, (now - last).total_seconds()))
        return metric

    def _lags(self, connected: list[Connection]) -> Metric:
        documentation = "Seconds within which 95 % of the last changes were seen."
        metric = GaugeMetricFamily("foyer_change_lag_seconds", documentation, labels=["org", "list"])
        for connection in connected:
            for mirrored in lists_of(connection):
                figures = self._services.sync_lags.figures(connection.org, mirrored.name)
                if figures is not None:
                    metric.add_metric([connection.org, mirrored.name], figures.at_95)
        return metric

    def _calls(self, connected: list[Connection]) -> Metric:
        metric = GaugeMetricFamily(
            "foyer_zoho_calls_today", "Our calls to Zoho Books since midnight UTC.", labels=["org", "class"]
        )
        for connection in connected:
            for call_class, figures in self._services.zoho.books_budget.today(connection.org).items():
                metric.add_metric([connection.org, call_class.value], figures.calls)
        return metric

    def _calls_left(self, connected: list[Connection]) -> Metric:
        metric = GaugeMetricFamily(
            "foyer_zoho_calls_left", "Calls left today as Zoho's own headers say.", labels=["org"]
        )
        for connection in connected:
            remaining = self._services.zoho.books_budget.day(connection.org).remaining
            if remaining is not None:
                metric.add_metric([connection.org], remaining)
        return metric


def serve_metrics(services: Services, settings: Settings) -> None:
    """Serve on a separate address, never the portal's; nothing if none is configured. If the address is in
    use that is logged: another clock serves it.
    """
    if not settings.metrics_address:
        return
    host, _, port = settings.metrics_address.rpartition(":")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(StoreMetrics(services))
    try:
        start_http_server(int(port), addr=host, registry=registry)
    except OSError as fault:
        log.warning("metrics_not_served", why=str(fault))
    else:
        log.info("metrics_served")


def _gauge(name: str, documentation: str, value: float) -> Metric:
    metric = GaugeMetricFamily(name, documentation)
    metric.add_metric([], value)
    return metric
