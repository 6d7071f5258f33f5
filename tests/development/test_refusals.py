"""What cannot work is told in one clear line, with a failing exit code, before anything is left running."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from development import environment
from development.plain_failure import PlainFailure
from tests.development.dev_command import ROOT, DevCommand


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("offset", "purpose"), [(0, "web"), (1, "records"), (2, "copies"), (11, "sandbox eu")]
)
def test_a_busy_port_is_named_with_its_purpose_and_a_way_out(
    dev: DevCommand, offset: int, purpose: str
) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", dev.places.base + offset))
        somebody.listen()
        done = dev.run("up")
    output = one_line(done)
    assert f"Port {dev.places.base + offset} (for {purpose}) is already in use" in output
    assert f"FOYER_PORT_BASE={dev.places.base + 100}" in output
    assert done.stdout == ""
    assert dev.left_over() == []


def test_in_the_background_a_refusal_fails_as_well(dev: DevCommand) -> None:
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", dev.places.base))
        somebody.listen()
        done = dev.run("up", "--detach")
    assert done.returncode == 1
    assert "is already in use" in done.stdout
    assert dev.left_over() == []


def test_half_a_zoho_client_is_refused_in_the_products_own_words(dev: DevCommand) -> None:
    output = one_line(dev.run("up", FOYER_ZOHO_CLIENT_ID_EU="1000.ABC"))
    assert output.startswith("Foyer cannot start: ")
    assert "the Zoho client of data centre eu needs both an id and a secret" in output
    assert dev.left_over() == []


def test_a_redis_that_is_named_but_silent_is_refused_without_its_password(dev: DevCommand) -> None:
    output = one_line(dev.run("up", REDIS_URL="redis://:a-password@127.0.0.1:1/0"))
    assert "Nothing answers at 127.0.0.1:1, which REDIS_URL names" in output
    assert "a-password" not in output


@pytest.mark.parametrize("base", ["80", "65501", "many", "-8600", "²"])
def test_a_port_base_that_is_none_is_refused(dev: DevCommand, base: str) -> None:
    assert one_line(dev.run("status", FOYER_PORT_BASE=base)).startswith(
        "FOYER_PORT_BASE must be a port between"
    )


def test_a_process_that_dies_at_the_start_ends_the_start(dev: DevCommand) -> None:
    done = dev.run("up", WEB_CONCURRENCY="many")
    output = one_line(done)
    assert output.startswith("web ended at once (code 1): ")
    assert f"(whole log: {dev.places.logs / 'web.log'})" in output
    assert dev.left_over() == []
    assert dev.status() == {"running": False}


def test_a_log_or_a_benchmark_that_is_not_there_is_told(dev: DevCommand) -> None:
    assert "no log called weather" in one_line(dev.run("logs", "weather"))
    answer = one_line(dev.run("bench", "weather"))
    assert answer.startswith("There is no benchmark weather. There are: ")
    assert {file.stem for file in (ROOT / "tests/bench").glob("bench_*.py")} == set(
        answer.split(": ")[1].split(", ")
    )


def test_an_older_python_is_told_which_one_is_needed() -> None:
    program = f"import sys; sys.version_info = (3, 9, 2); exec(open({str(ROOT / 'dev')!r}).read())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert one_line(done) == "Foyer needs Python 3.11 or newer; this is Python 3.9. Try: python3.11 ./dev"


def test_the_check_of_the_version_itself_runs_on_old_pythons() -> None:
    """Nothing before the check may need a new Python: no walrus, no match, no types with bars."""
    text = (ROOT / "dev").read_text("utf-8")
    compile(text[: text.index("sys.path.insert")], "dev", "exec", _feature_version=5)  # type: ignore[call-overload]


def test_a_missing_venv_module_names_the_package_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "python-without-venv"
    broken.write_text(
        f"#!/bin/sh\nmkdir -p '{tmp_path}/.venv'\necho 'No module named ensurepip' >&2\nexit 1\n", "utf-8"
    )
    broken.chmod(0o755)
    monkeypatch.setattr(environment.sys, "executable", str(broken))
    monkeypatch.setattr(environment, "VIRTUAL_ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(environment, "LOCK", tmp_path / "lock")
    with pytest.raises(PlainFailure) as failure:
        environment.ensure_environment("demo")
    output = str(failure.value)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert output.startswith(
        f"Python's venv module is missing or broken. On Debian or Ubuntu: apt-get install "
        f"python{version}-venv"
    )
    assert "No module named ensurepip" in output
    assert "\n" not in output
    assert not (tmp_path / ".venv").exists()
