"""Which processes make up a running copy, in start order."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from development.http_probe import answers
from development.places import PYTHON, ROOT, VIRTUAL_ENVIRONMENT, Places
from development.plain_failure import PlainFailure
from development.ports import is_listening
from development.redis_server import COPIES_OPTIONS, RECORDS_OPTIONS, answers_ping, find_binary
from development.supervisor import Plan

DEFAULT_REDIS_PORT = 6379
WORKERS = ("push", "pull", "mail")
"""One queue per worker process: with several, RQ loses jobs."""


def redis_plans(places: Places, environ: Mapping[str, str]) -> tuple[list[Plan], str, str]:
    """(servers to start, URL of records, URL of copies). Uses $REDIS_URL and $CACHE_REDIS_URL if set.

    Raises PlainFailure if a given server does not answer, or if one is needed and none is installed.
    """
    plans, addresses = [], []
    for variable, name, port, options in (
        ("REDIS_URL", "records", places.records_port, RECORDS_OPTIONS),
        ("CACHE_REDIS_URL", "copies", places.copies_port, COPIES_OPTIONS),
    ):
        if given := environ.get(variable, ""):
            _refuse_silent(variable, given)
        else:
            plans.append(_redis_plan(places, name, port, options))
        addresses.append(given or f"redis://127.0.0.1:{port}/0")
    return plans, addresses[0], addresses[1]


def sandbox_plan(places: Places) -> Plan:
    ports = ",".join(f"{code}={port}" for code, port in places.sandbox_ports.items())
    return Plan(
        name="sandbox",
        command=(
            str(PYTHON),
            "-m",
            "sandbox",
            "--ports",
            ports,
            "--portal",
            places.portal,
            "--state",
            str(places.folder / "sandbox.json"),
            "--seed",
            "7",
        ),
        environment={**os.environ, "FOYER_ENVIRONMENT": "development", "PYTHONUNBUFFERED": "1"},
        folder=ROOT,
        log=places.logs / "sandbox.log",
        answers=lambda: answers(f"{places.sandbox()}/_sandbox/calls?since=999999999"),
    )


def product_plans(places: Places, settings: Mapping[str, str]) -> list[Plan]:
    """Workers, clock and web server; the portal's /readyz tells whether the workers are alive."""
    plans = [_product(places, settings, name, ("-m", "workers.start", name)) for name in WORKERS]
    plans.append(_product(places, settings, "clock", ("-m", "workers.clock")))
    web = ("-m", "gunicorn", "-c", "config/web_server.py", "gateway.wsgi:app")
    plans.append(_product(places, settings, "web", web, address=f"{places.portal}/healthz"))
    return plans


def ports_of(plans: list[Plan], places: Places) -> dict[str, int]:
    """Purpose → port, for everything `plans` listens on."""
    known = {"records": places.records_port, "copies": places.copies_port, "web": places.base}
    ports = {plan.name: known[plan.name] for plan in plans if plan.name in known}
    if any(plan.name == "sandbox" for plan in plans):
        ports |= {f"sandbox {code}": port for code, port in places.sandbox_ports.items()}
    return ports


def _product(
    places: Places, settings: Mapping[str, str], name: str, arguments: tuple[str, ...], *, address: str = ""
) -> Plan:
    return Plan(
        name=name,
        command=(str(PYTHON), *arguments),
        environment=settings,
        folder=ROOT,
        log=places.logs / f"{name}.log",
        answers=(lambda: answers(address)) if address else (lambda: True),
    )


def _refuse_silent(variable: str, address: str) -> None:
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or DEFAULT_REDIS_PORT
    if parts.scheme in ("redis", "rediss") and not is_listening(host, port):
        raise PlainFailure(
            f"Nothing answers at {host}:{port}, which {variable} names. Start it, or unset "
            f"{variable}: then a Redis is started for you."
        )


def _redis_plan(places: Places, name: str, port: int, options: tuple[str, ...]) -> Plan:
    binary = find_binary(VIRTUAL_ENVIRONMENT)
    if binary is None:
        raise PlainFailure(
            "No Redis was found: neither $REDIS_URL, nor redis-server or valkey-server on PATH, nor "
            "the bundled Valkey "
            "(there is none for this machine). On Debian or Ubuntu: apt-get install redis-server"
        )
    folder: Path = places.folder / name
    folder.mkdir(parents=True, exist_ok=True)
    return Plan(
        name=name,
        command=(str(binary), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), *options),
        environment=dict(os.environ),
        folder=folder,
        log=places.logs / f"{name}.log",
        answers=lambda: answers_ping(port),
    )
