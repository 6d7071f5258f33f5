"""Benchmarks that play a judging test often: the test must hear of the number, and a fault must be told."""

from __future__ import annotations

import pytest

from tests.bench import bench_fuzzing, bench_invitations, failure_schedules, judged_run
from tests.bench.judged_run import ROOT

PAIRS = [
    *(
        pair
        for item in (failure_schedules.REQUESTS, failure_schedules.PAYMENTS)
        for pair in (item.cut, item.killed)
    ),
    bench_fuzzing.JUDGE,
    bench_invitations.JUDGE,
]


@pytest.mark.parametrize(("file", "variable"), PAIRS)
def test_the_tests_that_are_played_hear_of_their_number(file: str, variable: str) -> None:
    assert f'"{variable}"' in (ROOT / "tests" / file).read_text("utf-8")


def test_a_fault_that_the_judge_finds_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="no tests ran"):
        judged_run.judged_run(["bench/judged_run.py"], {})
