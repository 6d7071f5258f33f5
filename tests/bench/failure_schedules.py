"""The seeded disasters of tests/crash in great number: power cuts in one process, and real workers that are
killed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.judged_run import Judged, judged_run


@dataclass(frozen=True)
class ScheduleKind:
    """One line of the table. cut, killed: a test of tests/crash, and the variable that says how many
    schedules it plays.
    """

    label: str
    cut: tuple[str, str]
    killed: tuple[str, str]


REQUESTS = ScheduleKind(
    "what Zoho is told",
    ("crash/test_cut_deliveries.py", "FOYER_CUT_SCHEDULES"),
    ("crash/test_killed_workers.py", "FOYER_CRASH_SCHEDULES"),
)
PAYMENTS = ScheduleKind(
    "payments at Zoho’s page",
    ("crash/test_cut_payments.py", "FOYER_CUT_PAYMENTS"),
    ("crash/test_killed_payments.py", "FOYER_KILLED_PAYMENTS"),
)


@dataclass(frozen=True)
class FailureSchedules:
    label: str
    cut: int
    killed: int
    judged: Judged


def run_failure_schedules(what: ScheduleKind, *, cut: int, killed: int) -> FailureSchedules:
    """Play them. Raises SystemExit with what pytest said when a receipt was not true, or an order lost, or
    done or paid twice.
    """
    tests, how_many = (what.cut[0], what.killed[0]), {what.cut[1]: cut, what.killed[1]: killed}
    return FailureSchedules(what.label, cut, killed, judged_run(tests, how_many))


def table(played: Iterable[FailureSchedules]) -> str:
    return "\n".join(
        [
            "| orders | of them | in one process | with real workers | minutes | what the judge said |",
            "|---|---|---|---|---|---|",
            *(
                (
                    f"| {found.label} | {found.cut + found.killed:,} | {found.cut:,} | {found.killed:,} "
                    f"| {found.judged.cells} |"
                )
                for found in played
            ),
        ]
    )
