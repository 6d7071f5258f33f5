"""Asking while a person waits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.reading.cold_reads import ColdReads, FetchTimeout


def test_many_who_wait_for_the_same_thing_ask_once() -> None:
    reads, go, asked = ColdReads(), threading.Event(), []

    def ask() -> str:
        asked.append(1)
        go.wait(5)
        return "answer"

    with ThreadPoolExecutor(20) as threads:
        answers = [threads.submit(reads.wait_for, ("org", "1"), ask, seconds=5.0) for _ in range(20)]
        while not asked:
            threading.Event().wait(0.01)
        threading.Event().wait(0.1)
        go.set()
        assert {answer.result() for answer in answers} == {"answer"}
    assert len(asked) == 1


def test_a_slow_answer_lets_the_person_go_and_is_still_heard() -> None:
    reads, go, heard = ColdReads(), threading.Event(), threading.Event()

    def ask() -> None:
        go.wait(5)
        heard.set()

    with pytest.raises(FetchTimeout):
        reads.wait_for(("org", "1"), ask, seconds=0.05)
    go.set()
    assert heard.wait(5)


def test_what_goes_wrong_while_asking_is_told_to_who_waits_and_asked_anew_next_time() -> None:
    reads = ColdReads()

    def fail() -> str:
        raise LookupError("gone")

    with pytest.raises(LookupError):
        reads.wait_for(("org", "1"), fail, seconds=5)
    assert reads.wait_for(("org", "1"), lambda: "now there", seconds=5) == "now there"
