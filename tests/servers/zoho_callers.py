"""Several processes, each with several threads, that call Zoho at the same moment on one pair of Redis
stores.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from cache.records.connections.call_budget import CallClass
from cache.store_services import build_store_services
from cache.stores import open_stores
from config.settings import Settings
from connectors.zoho.api.errors import ZohoBusy
from connectors.zoho.clients import ZohoClients

HEAD_START = 3.0
"""Seconds that the processes have for starting, so that all of them begin together."""


def all_at_once(
    settings: Settings,
    org: str,
    *,
    processes: int,
    threads: int,
    each: int,
    act: Callable[[ZohoClients, str], str],
) -> Counter[str]:
    """What `act` said, and how often. `each`: times that every thread acts. act must be a function of a
    module.
    """
    start_at = time.time() + HEAD_START
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = [
            pool.submit(_one_process, settings, org, start_at, threads, each, act) for _ in range(processes)
        ]
        return sum((future.result() for future in futures), Counter())


def ask_for_a_token(zoho: ZohoClients, org: str) -> str:
    return zoho.vault.access_token(org)


def read_a_list(zoho: ZohoClients, org: str) -> str:
    """ "answered", "held back" by our own budget, or "429" from Zoho."""
    try:
        zoho.books(org, CallClass.PERSON).estimates.list_page(1, 1)
    except ZohoBusy as busy:
        return "held back" if busy.status is None else str(busy.status)
    return "answered"


def _one_process(
    settings: Settings,
    org: str,
    start_at: float,
    threads: int,
    each: int,
    act: Callable[[ZohoClients, str], str],
) -> Counter[str]:
    zoho = ZohoClients(build_store_services(settings, open_stores(settings)))
    with ThreadPoolExecutor(threads) as pool:
        time.sleep(max(0.0, start_at - time.time()))
        return Counter(pool.map(lambda _: act(zoho, org), range(threads * each)))
