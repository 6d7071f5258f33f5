"""Fetches from Zoho for a waiting user: within the page's time limit, once across all processes, and not
while the circuit breaker is open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cache.copies import keys as copy_keys
from cache.copies.breaker import CallOutcome
from cache.locks import LockBusy, single_flight
from cache.records.connections.call_budget import CallClass
from connectors.zoho.api.breaker_outcome import breaker_outcome
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.reading.cold_reads import FetchTimeout, cold_reads
from gateway.web.services import services
from gateway.web.visits import Reader

T = TypeVar("T")


FLIGHT_LIFETIME = 30.0
"""Seconds after which another process may ask the same, whatever became of the one that was asking."""


def fetch_for_person(
    visit: Reader,
    question: tuple[str, ...],
    fetch: Callable[[OrganisationClients], T],
    *,
    cached: Callable[[], T | None],
) -> T:
    """The result of `fetch`. question: identifies the fetch; scope is added so that customers never share
    results. Raises ZohoError or FetchTimeout.

    cached: returns the result if another process has just stored it.
    """
    app_services, scope = services(), visit.scope
    if not visit.is_connected:
        raise FetchTimeout
    key = (scope.org, scope.customer_id, *question)

    def fetch_once() -> T:
        budget = app_services.settings.page_time_budget
        with single_flight(
            app_services.stores.copies, copy_keys.fetch_lock(*key), held_for=FLIGHT_LIFETIME, wait=budget
        ):
            found = cached()
            return found if found is not None else fetch_now()

    def fetch_now() -> T:
        # Checked last: a caller let through as the breaker's probe must make the call.
        if not app_services.breaker.may_call(scope.org):
            raise FetchTimeout
        try:
            answer = fetch(OrganisationClients(app_services.zoho, scope.org, CallClass.PERSON))
        except ZohoError as error:
            app_services.breaker.note(scope.org, breaker_outcome(error))
            raise
        app_services.breaker.note(scope.org, CallOutcome.ANSWERED)
        return answer

    try:
        return cold_reads().wait_for(key, fetch_once, seconds=app_services.settings.page_time_budget)
    except LockBusy as busy:
        raise FetchTimeout from busy
