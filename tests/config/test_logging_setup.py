"""What may stand in a log line: constant names and ids. Canaries of every kind of secret never do, whatever
carries them.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from config.logging_setup import set_up_logging

TOKEN = "1000.8cb99dxxxxxxxxxxx9be93.9b8xxxxxxxxxxxxxxxf".replace("x", "a")
CANARIES = (TOKEN, "lena@brightwater.example", "correct-horse", "s3cret-of-redis")


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    told = logging.raiseExceptions
    yield
    logging.raiseExceptions = told
    logging.getLogger().handlers[:] = []
    structlog.reset_defaults()


def test_a_line_is_json_with_a_name_and_fields(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", environment="production")
    structlog.get_logger().info("order_state_changed", org="us-1", order="R-1")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["org"], line["order"], line["level"]) == (
        "order_state_changed",
        "us-1",
        "R-1",
        "info",
    )
    assert line["timestamp"].endswith("Z")


def test_no_canary_gets_through(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", environment="production")
    log = structlog.get_logger()
    log.info("a", access_token=TOKEN, email="lena@brightwater.example", password="correct-horse")
    log.info("b", words=f"Authorization: Zoho-oauthtoken {TOKEN} for lena@brightwater.example")
    log.info("c", nested={"refresh_token": TOKEN, "deep": [f"code={TOKEN}&x=1"]})
    log.info("d", where="redis://user:s3cret-of-redis@127.0.0.1:6379/0")
    logging.getLogger("urllib3").warning(
        "GET /oauth/v2/token?refresh_token=%s&client_secret=correct-horse", TOKEN
    )
    try:
        raise ValueError(f"cannot use {TOKEN} of lena@brightwater.example")
    except ValueError:
        log.exception("e")
    written = capsys.readouterr().err
    assert written.count("\n") >= 6
    assert [canary for canary in CANARIES if canary in written] == []


def test_what_cannot_be_written_is_not_printed_unmasked(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", environment="production")
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(io.StringIO())
    handler.stream.close()
    structlog.get_logger().info("a", access_token=TOKEN)
    logging.getLogger("x").warning("%s %s", TOKEN)
    said = capsys.readouterr()
    assert [canary for canary in CANARIES if canary in said.out + said.err] == []


def test_ids_and_numbers_stay_readable(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", environment="production")
    structlog.get_logger().info(
        "zoho_call", org="eu-200345601", request="GET /estimates/2000000000000000011", code=57, status=401
    )
    line = json.loads(capsys.readouterr().err)
    assert (line["request"], line["code"], line["status"]) == ("GET /estimates/2000000000000000011", 57, 401)
