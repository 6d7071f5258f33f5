"""The sandbox as a process: what a restart keeps, and what it refuses to do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers.free_ports import free_ports
from tests.servers.sandbox_server import SandboxServer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own_sandbox(tmp_path):
    """A sandbox of this test alone, with a snapshot file of its own."""
    ports = dict(zip(("us", "eu", "in"), free_ports(3), strict=True))
    server = SandboxServer(ports, portal="http://127.0.0.1:9", folder=tmp_path)
    server.start()
    yield server
    server.stop()
    server.http.close()


def accept_one(visitor):
    estimate_id = visitor.first("estimates", status="sent")["estimate_id"]
    assert visitor.call("POST", f"/estimates/{estimate_id}/status/accepted").status_code == 200
    return estimate_id


def test_a_restart_keeps_documents_tokens_grants_settings_and_clock(own_sandbox, visitor_type):
    visitor = visitor_type(own_sandbox).connect()
    estimate_id = accept_one(visitor)
    visitor.settings(auto_convert="draft")
    visitor.move_clock(1000)
    own_sandbox.stop()
    own_sandbox.start()
    assert visitor.get(f"/estimates/{estimate_id}")["estimate"]["status"] == "accepted"
    assert "access_token" in visitor.refresh().json()
    assert visitor.control("GET", "settings")["600123101"]["auto_convert"] == "draft"
    assert visitor.control("GET", "clock")["offset"] == 1000


def test_soon_after_a_change_even_a_kill_loses_nothing(own_sandbox, visitor_type):
    visitor = visitor_type(own_sandbox).connect()
    estimate_id = accept_one(visitor)
    time.sleep(1.5)
    own_sandbox.process.kill()
    own_sandbox.process.wait(10)
    own_sandbox.start()
    assert visitor.get(f"/estimates/{estimate_id}")["estimate"]["status"] == "accepted"


def test_a_broken_snapshot_means_the_seed(own_sandbox, visitor_type, tmp_path):
    own_sandbox.stop()
    (tmp_path / "sandbox.json").write_text('{"format": 1, "se')
    own_sandbox.start()
    assert len(visitor_type(own_sandbox).connect().get("/contacts")["contacts"]) == 26


def test_sigterm_ends_it_quickly_with_status_0(own_sandbox):
    own_sandbox.process.send_signal(signal.SIGTERM)
    assert own_sandbox.process.wait(5) == 0


def run(*arguments, environment="test"):
    command = [sys.executable, "-m", "sandbox", "--ports", "us=0,eu=0,in=0", *arguments]
    told = {name: value for name, value in os.environ.items() if name != "FOYER_ENVIRONMENT"}
    told |= {"FOYER_ENVIRONMENT": environment} if environment else {}
    return subprocess.run(
        command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=20, check=False
    )


@pytest.mark.parametrize("environment", ["production", "", "staging"])
def test_it_runs_in_development_and_tests_alone(tmp_path, environment):
    done = run("--state", str(tmp_path / "s.json"), environment=environment)
    assert done.returncode == 2 and "development or test" in done.stderr and not list(tmp_path.iterdir())


@pytest.mark.parametrize("host", ["0.0.0.0", "::1", "localhost"])  # noqa: S104 (what must be refused)
def test_it_binds_nothing_but_loopback(tmp_path, host):
    done = run("--state", str(tmp_path / "s.json"), "--host", host)
    assert done.returncode == 1 and "only listens on 127.0.0.1" in done.stderr


def test_a_busy_port_is_told_in_one_line(tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = run("--state", str(tmp_path / "s.json"), "--ports", f"us={port},eu=0,in=0")
    assert done.returncode == 1 and str(port) in done.stderr and "Traceback" not in done.stderr


def test_one_connection_serves_many_calls(own_sandbox):
    with socket.create_connection(("127.0.0.1", own_sandbox.ports["us"]), timeout=5) as line:
        for _ in range(3):
            line.sendall(b"GET /_sandbox/clock HTTP/1.1\r\nHost: sandbox\r\n\r\n")
            answer = b""
            while b'"offset"' not in answer:
                answer += line.recv(4096)
            assert (
                answer.startswith(b"HTTP/1.1 200 OK\r\n")
                and b"\r\nDate: " in answer
                and b"close" not in answer
            )
