"""The wire: what may have arrived, what is never followed, what is never kept."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from connectors.zoho.api.transport import (
    NoResponse,
    RawResponse,
    Transport,
    environment_settings,
    response_time,
)

Reply = Callable[[socket.socket], None]


class OneShotServer:
    """Accepts connections one after another and lets `reply` do what it likes with each, after reading the
    request's head.
    """

    def __init__(self, reply: Reply) -> None:
        self.heads: list[bytes] = []
        self._reply, self._listener = reply, socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/books/v3/estimates"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                head = connection.recv(65536)
                self.heads.append(head)
                try:
                    self._reply(connection)
                except OSError:
                    continue

    def close(self) -> None:
        self._listener.close()
        self._thread.join(0.1)


@pytest.fixture
def serve() -> Iterator[Callable[[Reply], OneShotServer]]:
    servers: list[OneShotServer] = []

    def start(reply: Reply) -> OneShotServer:
        servers.append(OneShotServer(reply))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def answering(text: str) -> Reply:
    return lambda connection: connection.sendall(text.replace("\n", "\r\n").encode())


def ask(url: str, method: str = "GET", *, read_timeout: float = 5.0) -> RawResponse:
    transport = Transport(connect_timeout=1, read_timeout=read_timeout)
    return transport.send(method, url, access_token="t1", params={}, headers={})


def failure(url: str, method: str = "POST", *, read_timeout: float = 5.0) -> NoResponse:
    with pytest.raises(NoResponse) as caught:
        ask(url, method, read_timeout=read_timeout)
    return caught.value


def test_facts_1_5_the_token_stands_behind_zohos_own_word(serve: Callable[[Reply], OneShotServer]) -> None:
    server = serve(answering("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"))
    ask(server.url)
    assert b"Authorization: Zoho-oauthtoken t1\r\n" in server.heads[0]


def test_a_refused_connection_carried_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    fault = failure(f"http://127.0.0.1:{port}/")
    assert (fault.may_have_arrived, fault.timed_out) == (False, False)


def test_facts_3_3_a_connection_cut_after_the_request_may_have_carried_it(
    serve: Callable[[Reply], OneShotServer],
) -> None:
    fault = failure(serve(lambda connection: None).url)
    assert (fault.may_have_arrived, fault.timed_out) == (True, False)


def test_facts_3_3_a_silent_server_may_have_received_the_request(
    serve: Callable[[Reply], OneShotServer],
) -> None:
    fault = failure(serve(lambda connection: time.sleep(0.6)).url, read_timeout=0.2)
    assert (fault.may_have_arrived, fault.timed_out) == (True, True)


def test_a_server_that_trickles_does_not_hold_a_caller(serve: Callable[[Reply], OneShotServer]) -> None:
    def trickle(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        for _ in range(20):
            connection.sendall(b"x" * 1)
            time.sleep(0.1)

    started = time.monotonic()
    assert failure(serve(trickle).url, "GET", read_timeout=0.4).timed_out
    assert time.monotonic() - started < 1.5


def test_a_cut_body_is_no_answer(serve: Callable[[Reply], OneShotServer]) -> None:
    assert failure(
        serve(answering('HTTP/1.1 200 OK\nContent-Length: 100\n\n{"code": 0')).url
    ).may_have_arrived


def test_redirects_are_not_followed(serve: Callable[[Reply], OneShotServer]) -> None:
    elsewhere = serve(answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n"))
    server = serve(answering(f"HTTP/1.1 302 Found\nLocation: {elsewhere.url}\nContent-Length: 0\n\n"))
    assert ask(server.url).status == 302
    assert elsewhere.heads == []


def test_no_cookie_of_one_answer_goes_out_with_the_next_call(serve: Callable[[Reply], OneShotServer]) -> None:
    server = serve(
        answering("HTTP/1.1 200 OK\nSet-Cookie: org=1; Path=/\nContent-Length: 2\nConnection: close\n\n{}")
    )
    transport = Transport(connect_timeout=1, read_timeout=5)
    for _ in range(2):
        transport.send("GET", server.url, access_token="t1", params={}, headers={})
    assert b"cookie" not in server.heads[1].lower()


def test_a_write_does_not_travel_on_a_kept_connection(serve: Callable[[Reply], OneShotServer]) -> None:
    def answer_and_hang_up_late(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    server = serve(answer_and_hang_up_late)
    transport = Transport(connect_timeout=1, read_timeout=5)
    transport.send("GET", server.url, access_token="t1", params={}, headers={})
    assert transport.send("POST", server.url, access_token="t1", params={}, headers={}).status == 200


@pytest.mark.parametrize("date", ["", "yesterday", "Tue, 99 Foo 2026"])
def test_without_a_readable_date_the_answer_is_as_of_now(date: str) -> None:
    assert abs(response_time({"Date": date}) - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_the_as_of_time_is_zohos_own() -> None:
    assert response_time({"Date": "Tue, 09 Jun 2026 13:46:21 GMT"}) == dt.datetime(
        2026, 6, 9, 13, 46, 21, tzinfo=dt.UTC
    )


def test_a_proxy_of_the_environment_is_used_unless_it_is_told_not_to_be(
    serve: Callable[[Reply], OneShotServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(answering("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"))
    monkeypatch.setenv("http_proxy", proxy.url.partition("/books")[0])
    monkeypatch.setenv("no_proxy", "straight.invalid")
    assert ask("http://books.proxied.invalid/books/v3/estimates").status == 200
    assert proxy.heads[0].startswith(b"GET http://books.proxied.invalid/books/v3/estimates ")
    assert not failure("http://straight.invalid/books/v3/estimates").may_have_arrived
    assert len(proxy.heads) == 1


def test_certificates_named_in_the_environment_are_the_ones_that_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/of-this-test.pem")
    assert (
        environment_settings("https://books.bundle.invalid/books/v3/invoices")["verify"]
        == "/nowhere/of-this-test.pem"
    )
