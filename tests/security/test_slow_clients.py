"""Clients that send slowly, not at all, too much or nonsense, against the web server as it runs in
production: others are served.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.request_buffering import MAX_BUFFERED, BufferedRequest
from config.settings import Settings
from tests.conftest import SEALING_KEY
from tests.servers.free_ports import free_ports
from tests.servers.redis_server import RedisServer
from tests.servers.worker_process import environment_of, until

ROOT = Path(__file__).resolve().parents[2]
THREADS = 2
HEAD = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
SLOW = {
    "nothing at all": b"",
    "half a line": b"GET /sign-in HT",
    "half of the headers": b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "no body": HEAD + b"Content-Length: 2000\r\n\r\n",
    "half a body": HEAD + b"Content-Length: 2000\r\n\r\nemail=nora%40",
}


@pytest.fixture(scope="module")
def web(
    redis_pair: tuple[RedisServer, RedisServer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of one web process with two threads."""
    folder, (port,) = tmp_path_factory.mktemp("web"), free_ports(1)
    settings = Settings(
        environment="test",
        portal_url=f"http://127.0.0.1:{port}",
        redis_url=redis_pair[0].url,
        cache_redis_url=redis_pair[1].url,
        sealing_keys=(SEALING_KEY,),
        data_centres={},
        mail_folder=folder / "mails",
        mail_from="portal@foyer.example",
    )
    told = environment_of(settings, folder) | {
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": str(THREADS),
    }
    told |= {"FOYER_ZOHO_CLIENT_ID": "1000.none", "FOYER_ZOHO_CLIENT_SECRET": "none"}
    log = folder / "web.log"
    with log.open("wb") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "config/web_server.py", "gateway.wsgi:app"],
            cwd=ROOT,
            env=os.environ | told,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: _is_up(port), why=lambda: log.read_text("utf-8")[-2000:])
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _is_up(port: int) -> bool:
    try:
        return status_of(port, "/healthz") == 200
    except OSError:
        return False


def status_of(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
        line.request("GET", path)
        return line.getresponse().status


def connected(port: int, said: bytes) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), timeout=20)
    sock.sendall(said)
    return sock


def answer_to(port: int, said: bytes) -> bytes:
    """Everything that comes back until the server closes or falls silent for a moment."""
    got = b""
    with closing(connected(port, said)) as sock:
        sock.settimeout(3)
        try:
            while piece := sock.recv(65536):
                got += piece
        except (TimeoutError, ConnectionError):
            pass
    return got


def test_a_crowd_of_slow_clients_holds_nobody_up(web: int) -> None:
    """Six times as many as there are threads, of each kind, and one that trickles: pages go on all the
    while.
    """
    crowd = [connected(web, said) for said in SLOW.values() for _ in range(6 * THREADS)]
    trickling = connected(web, b"GET /sign-in HTTP/1.1\r\n")
    try:
        for step in range(12):
            trickling.sendall(f"X-{step}: 1\r\n".encode())
            assert status_of(web, "/sign-in") == 200
    finally:
        for sock in (*crowd, trickling):
            sock.close()


def test_who_falls_silent_is_let_go(web: int) -> None:
    waiting = [connected(web, said) for said in SLOW.values()]
    for sock in waiting:
        sock.settimeout(60)
        with closing(sock):
            assert sock.recv(4096) in (b"",) or sock.recv(4096) == b""


def test_a_request_in_pieces_is_answered_and_its_line_goes_on(web: int) -> None:
    with closing(connected(web, b"")) as sock:
        for _ in range(2):
            for piece in (b"GET /sign-in HT", b"TP/1.1\r\nHost: 127.0.0.1", b"\r\n\r\n"):
                sock.sendall(piece)
                time.sleep(0.05)
            answer = http.client.HTTPResponse(sock)
            answer.begin()
            assert answer.status == 200 and b"</html>" in answer.read()


def test_two_requests_at_once_on_one_line_are_both_answered(web: int) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    assert answer_to(web, one + one).count(b"200 OK") == 2


@pytest.mark.parametrize("how", ["said", "chunked"])
def test_ten_megabytes_are_refused_without_being_read(web: int, how: str) -> None:
    size, sent = 10 * 1024 * 1024, 0
    head = HEAD + (
        b"Transfer-Encoding: chunked\r\n\r\n"
        if how == "chunked"
        else f"Content-Length: {size}\r\n\r\n".encode()
    )
    piece = b"a" * 65536 if how == "said" else b"10000\r\n" + b"a" * 65536 + b"\r\n"
    with closing(connected(web, head)) as sock:
        sock.settimeout(0.5)
        try:
            while sent < size:
                sent += sock.send(piece) if how == "said" else (sock.sendall(piece), len(piece))[1]
        except OSError:
            pass
        sock.settimeout(20)
        try:
            answer = sock.recv(65536)
        except ConnectionError:
            answer = b""  # the refusal was overtaken by the end of the line, on which we were still sending
    # A body whose length is not said is not read at all: no form of ours is sent so.
    status = answer.split(b"\r\n")[0]
    assert answer == b"" or (b" 413 " if how == "said" else b" 400 ") in status, status
    assert sent < size or answer, "it was read to its end"
    assert status_of(web, "/sign-in") == 200


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        HEAD
        + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /merchant HTTP/1.1\r\n\r\n",
        HEAD + b"Content-Length: 4\r\nContent-Length: 9\r\n\r\nabcd",
        HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + b"".join(b"X-%d: 1\r\n" % number for number in range(200))
        + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET http://attacker.example/ HTTP/1.1\r\nHost: attacker.example\r\n\r\n",
    ],
)
def test_nonsense_is_refused_once_and_serves_nobody_a_second_request(web: int, said: bytes) -> None:
    answer = answer_to(web, said)
    assert answer.count(b"HTTP/1.1 ") <= 1, answer
    assert answer == b"" or answer.split(b" ")[1][:1] == b"4" or b" 501 " in answer[:20], answer[:200]
    assert status_of(web, "/sign-in") == 200


def test_what_is_whole_and_what_a_thread_must_read() -> None:
    assert not BufferedRequest(b"").is_complete and not BufferedRequest(HEAD).is_complete
    assert BufferedRequest(b"GET / HTTP/1.1\r\n\r\n").is_complete
    assert (
        not BufferedRequest(HEAD + b"content-LENGTH : 5\r\n\r\nabcd").is_complete
        and BufferedRequest(HEAD + b"Content-Length: 5\r\n\r\nabcde").is_complete
    )
    large = BufferedRequest(HEAD + f"Content-Length: {MAX_BUFFERED + 1}\r\n\r\n".encode())
    assert large.is_complete and large.needs_thread
    assert BufferedRequest(b"x" * 70_000).is_complete, "headers without an end are the parser's to refuse"
    told_in_the_body = HEAD + b"Content-Length: 90\r\n\r\nTransfer-Encoding: chunked\r\n"
    assert not BufferedRequest(told_in_the_body).is_complete
