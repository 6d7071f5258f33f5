"""Asking Zoho for a person who waits: within the page's time, once for all who wait in all processes, and not
at all while Zoho is down.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cache.call_budget import CallClass
from cache.copies import copy_keys
from cache.copies.breaker import Outcome
from cache.locks import LockBusy, single_flight
from connectors.zoho.errors import ZohoError
from connectors.zoho.line_health import outcome_of
from connectors.zoho.zoho_lines import ZohoLines
from gateway.reading.cold_reads import TakesTooLong
from gateway.visits import Reader
from gateway.wiring import wired

T = TypeVar("T")


ASKED_FOR = 30.0
"""Seconds after which another process may ask the same, whatever became of the one that was asking."""


def ask_for_person(
    visit: Reader, what: tuple[str, ...], ask: Callable[[ZohoLines], T], *, kept: Callable[[], T | None]
) -> T:
    """What `ask` learns from Zoho. what: names the question. Raises ZohoError or TakesTooLong.

    kept: the answer if another process has just brought it into the copies. One customer's question is never
    answered by another customer's: the scope is part of its name.
    """
    wiring, scope = wired(), visit.scope
    if not visit.is_connected:
        raise TakesTooLong
    key = (scope.org, scope.customer_id, *what)

    def asked() -> T:
        budget = wiring.settings.page_time_budget
        with single_flight(wiring.redis.copies, copy_keys.asking(*key), held_for=ASKED_FOR, wait=budget):
            found = kept()
            return found if found is not None else really_asked()

    def really_asked() -> T:
        # Not sooner: whoever is let through as the one probe must really ask.
        if not wiring.breaker.may_call(scope.org):
            raise TakesTooLong
        try:
            answer = ask(ZohoLines(wiring.zoho, scope.org, CallClass.PERSON))
        except ZohoError as error:
            wiring.breaker.note(scope.org, outcome_of(error))
            raise
        wiring.breaker.note(scope.org, Outcome.ANSWERED)
        return answer

    try:
        return wiring.cold_reads.wait_for(key, asked, seconds=wiring.settings.page_time_budget)
    except LockBusy as busy:
        raise TakesTooLong from busy
