"""HTTP to Zoho: one request and one whole response within its time, or an error that says whether the request
may have arrived.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any, TypedDict
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
"""Bytes. Far more than a page of 200 rows or a PDF a person would open."""

CHUNK = 64 * 1024


class EnvironmentSettings(TypedDict):
    """Per-request settings as requests takes them. verify: True, or a CA bundle file."""

    proxies: MutableMapping[str, str]
    verify: bool | str | None


class NoResponse(Exception):
    """No complete response. may_have_arrived: Zoho may have received, and so executed, the request.
    timed_out: it took too long.
    """

    def __init__(self, reason: str, *, may_have_arrived: bool, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.may_have_arrived, self.timed_out = reason, may_have_arrived, timed_out


@dataclass(frozen=True)
class RawResponse:
    """A raw response. as_of: from its Date header, else the time it arrived, in UTC."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    as_of: dt.datetime


class ZohoToken(AuthBase):
    """Zoho's own authorization scheme (zoho.md 1.5). As an auth object it also keeps a netrc file from
    replacing the header.
    """

    def __init__(self, access_token: str) -> None:
        self._header = f"Zoho-oauthtoken {access_token}"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._header
        return request


class Transport:
    """Sends requests with time limits on connecting, on silence and on the whole response. Never follows
    redirects, keeps no cookies.

    Reads share kept-alive connections, one pool per thread. A write opens a new connection: on a kept one
    that Zoho has just closed, a lost request would look the same as a lost response.
    """

    def __init__(self, *, connect_timeout: float, read_timeout: float) -> None:
        self._timeouts = (connect_timeout, read_timeout)
        self._local = threading.local()

    def send(
        self,
        method: str,
        url: str,
        *,
        access_token: str,
        params: Mapping[str, str],
        headers: Mapping[str, str],
        body: Mapping[str, Any] | None = None,
    ) -> RawResponse:
        """One request. Raises NoResponse."""
        call = requests.Request(
            method, url, headers=headers, params=params, json=body, auth=ZohoToken(access_token)
        )
        if method == "GET":
            return self._send(self._thread_session(), call)
        with new_session() as session:
            return self._send(session, call)

    def _send(self, session: requests.Session, call: requests.Request) -> RawResponse:
        try:
            response = session.request(
                call.method,
                call.url,
                params=call.params,
                json=call.json,
                headers=call.headers,
                auth=call.auth,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
                **environment_settings(call.url),
            )
            with response:
                content = self._read_body(response)
        except (requests.RequestException, HTTPError) as fault:
            raise explain(fault) from fault
        return RawResponse(response.status_code, response.headers, content, response_time(response.headers))

    def _read_body(self, response: requests.Response) -> bytes:
        """The body, if it arrives completely within the read time-out: a server that trickles counts as not
        answering.

        read1 returns what has arrived; the usual methods wait for a full chunk.
        """
        end = time.monotonic() + self._timeouts[1]
        content = bytearray()
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            content += chunk
            if len(content) > MAX_RESPONSE_BYTES:
                raise NoResponse("Zoho's answer was too large", may_have_arrived=True)
            if time.monotonic() > end:
                raise NoResponse(
                    "Zoho did not finish its answer in time", may_have_arrived=True, timed_out=True
                )
        return bytes(content)

    def _thread_session(self) -> requests.Session:
        """This thread's session; a forked process makes a new one, because processes must not share a
        connection.
        """
        if getattr(self._local, "process", None) != os.getpid():
            self._local.session, self._local.process = new_session(), os.getpid()
        session: requests.Session = self._local.session
        return session


def new_session() -> requests.Session:
    """No built-in retries, and no cookies: one organisation's session must not leak into another's calls.

    The environment is not read on each call, which would cost more than the rest of sending:
    `environment_settings` read it once.
    """
    session = requests.Session()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = "Foyer"
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=0))
    return session


def environment_settings(url: str) -> EnvironmentSettings:
    """Proxies and CA bundle that the process's environment sets for this URL (HTTPS_PROXY, NO_PROXY,
    REQUESTS_CA_BUNDLE).
    """
    parts = urlsplit(url)
    return _environment_settings(f"{parts.scheme}://{parts.netloc}/")


@cache
def _environment_settings(origin: str) -> EnvironmentSettings:
    found = requests.Session().merge_environment_settings(origin, {}, None, None, None)
    return {"proxies": found["proxies"], "verify": found["verify"]}


def explain(fault: requests.RequestException | HTTPError) -> NoResponse:
    """What a network failure means for the request. When in doubt, it may have arrived."""
    if isinstance(fault, requests.ConnectTimeout):
        return NoResponse("Zoho could not be reached in time", may_have_arrived=False, timed_out=True)
    reason = fault.args[0] if fault.args else None
    if isinstance(reason, MaxRetryError) and isinstance(reason.reason, NewConnectionError):
        return NoResponse("Zoho could not be reached", may_have_arrived=False)
    if isinstance(fault, requests.Timeout | ReadTimeoutError):
        return NoResponse("Zoho did not answer in time", may_have_arrived=True, timed_out=True)
    return NoResponse("the connection to Zoho was cut", may_have_arrived=True)


def response_time(headers: Mapping[str, str]) -> dt.datetime:
    """The response's own time, so that as-of times are Zoho's and not ours."""
    try:
        date = parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError, IndexError):
        return dt.datetime.now(dt.UTC)
    return date.replace(tzinfo=date.tzinfo or dt.UTC).astimezone(dt.UTC)
