"""gunicorn as in production, for as long as a benchmark needs it."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.bench_world import World
from tests.servers.worker_process import environment_of, until

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def web_server(world: World, app: str, **environment: str) -> Iterator[str]:
    """app: module and name. Gives the address, host and port, once it answers."""
    address = urlsplit(world.settings.portal_url).netloc
    told = environment_of(world.settings, world.folder / "portal") | {
        "PORT": address.partition(":")[2],
        "FOYER_LOG_LEVEL": "ERROR",
    }
    log = world.folder / "web.log"
    with log.open("wb") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/web_server.py", app],
            cwd=ROOT,
            env=told | environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: _answers(address), why=lambda: log.read_text("utf-8")[-2000:])
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _answers(address: str) -> bool:
    line = http.client.HTTPConnection(address, timeout=2)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()
