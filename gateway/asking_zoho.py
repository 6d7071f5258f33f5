"""Asking Zoho for a person who waits: within the page's time, once for all who wait, and not at all while Zoho is down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cache.call_budget import CallClass
from connectors.zoho.books.client import BooksClient
from connectors.zoho.errors import ZohoBusy, ZohoUnavailable
from gateway.access import ClientVisit
from gateway.cold_reads import TakesTooLong
from gateway.wiring import wired

T = TypeVar("T")


def ask_for_person(visit: ClientVisit, what: tuple[str, ...], ask: Callable[[BooksClient], T]) -> T:
    """What `ask` learns from Zoho Books. what: names the question. Raises ZohoError or TakesTooLong.

    One customer's question is never answered by another customer's: the scope is part of its name.
    """
    wiring, scope = wired(), visit.scope
    if not visit.is_connected or not wiring.breaker.may_call(scope.org):
        raise TakesTooLong

    def asked() -> T:
        try:
            answer = ask(wiring.zoho.books(scope.org, CallClass.PERSON))
        except ZohoBusy:
            raise
        except ZohoUnavailable:
            wiring.breaker.note_failure(scope.org)
            raise
        wiring.breaker.note_success(scope.org)
        return answer

    key = (scope.org, scope.customer_id, *what)
    return wiring.cold_reads.wait_for(key, asked, seconds=wiring.settings.page_time_budget)
