"""The whole product, started and stopped as a person does it: in the background, side by side, after an
accident, by Ctrl-C.
"""

from __future__ import annotations

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from development.http_probe import body_of
from tests.development.dev_command import DevCommand, kill, lives

pytestmark = pytest.mark.xdist_group("running copies")

PROCESSES = ["records", "copies", "sandbox", "push", "pull", "mail", "clock", "web"]


def ready_message(dev: DevCommand) -> str:
    return str(json.loads(body_of(f"{dev.places.portal}/readyz"))["status"])


def test_two_copies_run_side_by_side_and_end_without_a_trace(dev: DevCommand, other_dev: DevCommand) -> None:
    both = (dev, other_dev)
    with ThreadPoolExecutor(len(both)) as side_by_side:
        for done in side_by_side.map(lambda one: one.run("up", "--detach"), both):
            assert done.returncode == 0, done.stdout + done.stderr
    first, second = dev.status(), other_dev.status()

    for one, status in zip(both, (first, second), strict=True):
        assert status["running"] is status["ready"] is True
        assert list(status["processes"]) == PROCESSES
        assert status["portal"] == f"http://127.0.0.1:{one.places.base}/"
        assert status["merchant_sign_in"] == f"http://127.0.0.1:{one.places.base}/merchant"
        assert status["sandbox"] == f"http://127.0.0.1:{one.places.base + 10}/app/"
        assert [who["role"] for who in status["sign_ins"]] == [
            "Merchant",
            "Client Lena Hartmann",
            "Client Omar Haddad",
        ]
        assert all(who["email"] and who["password"] for who in status["sign_ins"][1:])
        assert all(lives(pid) for pid in [status["supervisor"], *status["processes"].values()])
        assert ready_message(one) == "ready"
    assert not set(first["processes"].values()) & set(second["processes"].values())

    # The same copy a second time is refused, and hurts nobody.
    again = dev.run("up")
    assert again.returncode == 1
    assert f"Foyer is already running at http://127.0.0.1:{dev.places.base}/" in again.stderr
    assert dev.status() == first

    # The first ends in order; the second goes on.
    assert dev.run("down").returncode == 0
    assert dev.left_over() == []
    assert dev.status() == {"running": False}
    assert ready_message(other_dev) == "ready"

    # The second loses its supervisor: that is told, and ./dev down still knows every process.
    kill(second["supervisor"])
    output = other_dev.run("status").stdout
    assert all(name in output for name in PROCESSES)
    assert "./dev down" in output
    assert "is already in use" in other_dev.run("up").stderr
    assert other_dev.run("down").returncode == 0
    assert other_dev.left_over() == []
    assert other_dev.run("down").stdout == "Nothing is running.\n"


def test_ctrl_c_stops_everything_and_redis_last(dev: DevCommand) -> None:
    foreground = dev.start("up")
    pids = dev.until_ready()["processes"]
    # Ctrl-C reaches every process of the terminal's group.
    os.killpg(foreground.pid, signal.SIGINT)
    said, complained = foreground.communicate(timeout=120)
    assert foreground.returncode == 0
    assert complained == ""
    assert said.endswith("Stopping …\nEverything has stopped.\n")
    assert dev.left_over() == []
    assert not any(lives(pid) for pid in pids.values())

    ended = {name: (dev.places.logs / f"{name}.log").stat().st_mtime for name in PROCESSES}
    assert min(ended["records"], ended["copies"]) > max(
        ended[name] for name in PROCESSES if name not in ("records", "copies")
    )
    for name in ("push", "pull", "mail", "clock", "web"):
        log = (dev.places.logs / f"{name}.log").read_text("utf-8")
        assert "Connection refused" not in log
        assert "without_redis" not in log


def test_what_dies_in_a_running_copy_comes_back(dev: DevCommand) -> None:
    assert dev.run("up", "--detach").returncode == 0
    before = dev.status()["processes"]
    kill(before["web"])
    kill(before["push"])
    after = dev.until_changed(before, ("web", "push"))
    assert {name: after[name] for name in after if name not in ("web", "push")} == {
        name: before[name] for name in before if name not in ("web", "push")
    }
    dev.until_answering()
    assert "push ended (code -9); starting it again." in (dev.places.logs / "up.log").read_text("utf-8")
