"""What every test may ask for: a real Redis pair, settings, and the sandbox over HTTP."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cache.stores import Stores, open_stores  # noqa: E402
from config.settings import Settings  # noqa: E402
from development.chromium import ensure_chromium  # noqa: E402
from development.redis_server import COPIES_OPTIONS, RECORDS_OPTIONS, find_binary  # noqa: E402
from tests import compiled_templates, tiers, whole_run  # noqa: E402
from tests.servers.free_ports import free_ports  # noqa: E402
from tests.servers.redis_server import RedisServer  # noqa: E402
from tests.servers.sandbox_server import SandboxServer  # noqa: E402

BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

SEALING_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
"""A Fernet key that says what it is: the digits from 0 to 9, three times over."""


ONE_AFTER_THE_OTHER = ("journeys", "every_page")
"""Folders whose tests share one running copy of the whole product: one test process runs each folder's, while
the others go on.
"""


def pytest_configure(config: pytest.Config) -> None:
    whole_run.watch(config, ROOT / "tests")
    compiled_templates.keep()


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Load the profile of the property tests before the first file that has some."""
    if "hypothesis" in module_path.read_text(encoding="utf-8"):
        from tests import property_profile  # noqa: PLC0415 - slow to import, rarely needed

        property_profile.load()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in ONE_AFTER_THE_OTHER:
            item.add_marker(pytest.mark.xdist_group(folder))
        item.add_marker(tiers.tier_of(getattr(item, "fixturenames", ()), folder))


@pytest.fixture(scope="session")
def redis_pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RedisServer, RedisServer]]:
    """Two real servers for this test process: records (append-only, fsync always) and copies (may be
    evicted).
    """
    binary = find_binary(Path(sys.prefix))
    assert binary is not None, (
        "no redis-server, valkey-server or bundled Valkey was found: run ./dev test, which installs one"
    )
    folder, (one, two) = tmp_path_factory.mktemp("redis"), free_ports(2)
    records = RedisServer(binary, port=one, folder=folder / "records", options=RECORDS_OPTIONS)
    copies = RedisServer(binary, port=two, folder=folder / "copies", options=COPIES_OPTIONS)
    records.start()
    copies.start()
    yield records, copies
    copies.kill()
    records.kill()


@pytest.fixture(scope="session")
def portal_port() -> int:
    """The port a test's portal would listen on; the sandbox knows it as the registered redirect address."""
    return free_ports(1)[0]


@pytest.fixture(scope="session")
def sandbox_server(tmp_path_factory: pytest.TempPathFactory, portal_port: int) -> Iterator[SandboxServer]:
    ports = dict(zip(("us", "eu", "in"), free_ports(3), strict=True))
    server = SandboxServer(
        ports, portal=f"http://127.0.0.1:{portal_port}", folder=tmp_path_factory.mktemp("sandbox")
    )
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sandbox(sandbox_server: SandboxServer) -> SandboxServer:
    """The running sandbox, back at its seed."""
    sandbox_server.reset()
    return sandbox_server


@pytest.fixture
def settings(
    request: pytest.FixtureRequest,
    redis_pair: tuple[RedisServer, RedisServer],
    portal_port: int,
    tmp_path: Path,
) -> Settings:
    """Settings for one test. Data centres point at the sandbox if the test asks for it, else at a host that
    says what was forgotten.
    """
    data_centres = {}
    if "sandbox" in request.fixturenames:
        data_centres = request.getfixturevalue("sandbox").data_centres
    return Settings(
        environment="test",
        portal_url=f"http://127.0.0.1:{portal_port}",
        redis_url=redis_pair[0].url,
        cache_redis_url=redis_pair[1].url,
        sealing_keys=(SEALING_KEY,),
        data_centres=data_centres,
        order_settle=1,
        order_lease=5,
        order_sweep=1,
        sync_interval=2,
        mail_delivery="folder",
        mail_folder=tmp_path / "mails",
        mail_from="portal@foyer.example",
        smtp_url="smtp://you-forgot-the-mail-server.invalid",
        log_level="WARNING",
    )


@pytest.fixture
def stores(settings: Settings) -> Iterator[Stores]:
    """Both stores, empty."""
    connections = open_stores(settings)
    connections.records.flushdb()
    connections.copies.flushdb()
    yield connections
    connections.records.close()
    connections.copies.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that FOYER_CHROMIUM names, or the one of this machine; as root it runs without its own
    sandbox, which root cannot have. On a busy machine a page may take its time: what is expected of it is
    waited for.
    """
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - slow to import, rarely needed

    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("FOYER_CHROMIUM") or ensure_chromium(), args=BROWSER_OPTIONS
        )
        yield browser
        browser.close()
