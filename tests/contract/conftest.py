"""The exchanges that are checked: everything the sandbox can answer, and everything the connectors can
send.
"""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from cache.stores import open_stores
from config.settings import Settings
from tests.contract.billing_walk import be_refused_by_billing, make_pages, read_billing
from tests.contract.checker import Finding
from tests.contract.connector_walk import call_everything
from tests.contract.exchange import Exchange, recorded
from tests.contract.products import Products, of_the_products
from tests.contract.sandbox_walk import (
    be_refused_everything,
    read_everything,
    read_refunds,
    visitors,
    write_everything,
)
from tests.servers.redis_server import RedisServer
from tests.servers.sandbox_server import SandboxServer


@pytest.fixture(scope="session")
def checker() -> Products:
    return Products()


@pytest.fixture(scope="session")
def sandbox_exchanges(sandbox_server: SandboxServer) -> list[Exchange]:
    """Every operation of the sandbox in each of its organisations: read, written, refused."""
    sandbox_server.reset()
    with recorded() as exchanges:
        for number, visitor in enumerate(visitors(sandbox_server)):
            read_everything(visitor)
            read_refunds(visitor)
            read_billing(visitor)
            if number == 0:
                write_everything(visitor)
                make_pages(visitor)
                be_refused_by_billing(visitor)
                be_refused_everything(visitor)
    return of_the_products(exchanges)


@pytest.fixture(scope="session")
def connector_exchanges(
    sandbox_server: SandboxServer,
    redis_pair: tuple[RedisServer, RedisServer],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Exchange]:
    """Every method of the connectors, against the sandbox."""
    settings = Settings(
        environment="test",
        portal_url=sandbox_server.portal,
        redis_url=redis_pair[0].url,
        cache_redis_url=redis_pair[1].url,
        sealing_keys=(Fernet.generate_key().decode(),),
        data_centres=sandbox_server.data_centres,
        log_level="WARNING",
        zoho_calls_per_minute=1000,
        zoho_billing_calls_per_minute=1000,
        mail_folder=tmp_path_factory.mktemp("letters"),
        mail_from="portal@foyer.example",
        smtp_url="",
    )
    stores = open_stores(settings)
    stores.records.flushdb()
    stores.copies.flushdb()
    sandbox_server.reset()
    with recorded() as exchanges:
        call_everything(settings, stores)
    return of_the_products(exchanges)


@pytest.fixture(scope="session")
def answer_findings(
    checker: Products, sandbox_exchanges: list[Exchange], connector_exchanges: list[Exchange]
) -> set[Finding]:
    exchanges = sandbox_exchanges + connector_exchanges
    return {
        found for exchange in exchanges for found in checker.check_answer(exchange.request, exchange.answer)
    }


@pytest.fixture(scope="session")
def request_findings(checker: Products, connector_exchanges: list[Exchange]) -> set[Finding]:
    return {found for exchange in connector_exchanges for found in checker.check_request(exchange.request)}
