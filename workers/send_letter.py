"""One letter out of the outbox."""

from __future__ import annotations

import structlog

from cache.locks import only_one
from cache.records.accounts import AccountState
from cache.records.letters import Letter, LetterState
from connectors.mail.delivery import deliver
from connectors.mail.errors import MailRefused, MailUnavailable
from workers.job_setup import Resources

log = structlog.get_logger()

HELD_FOR = 60.0
"""Seconds in which no second worker takes the same letter; longer than a job may run."""

MOST_TRIES = 12
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 3 * 3600.0


def send_letter(letter_id: str, desk: Resources) -> None:
    """Send it if it still waits, then note that it was sent.

    A worker that dies between the two sends it once more; both copies carry one Message-ID. Never the other way round:
    an invitation that was noted and not sent would be lost.
    """
    with only_one(desk.redis.records, f"letter:{letter_id}", held_for=HELD_FOR) as mine:
        letter = desk.letters.get(letter_id) if mine else None
        if letter is None or letter.state is not LetterState.WAITING:
            if mine:
                desk.mail_due.remove(letter_id)
            return
        if _is_to_a_revoked_person(desk, letter):
            desk.letters.settle(letter_id, LetterState.FAILED, why="The person was revoked before it was sent.")
            return
        try:
            deliver(desk.settings, letter)
        except MailRefused as refusal:
            desk.letters.settle(letter_id, LetterState.FAILED, why=refusal.reason)
            log.warning("letter_refused", org=letter.org, letter=letter_id, kind=letter.kind)
        except MailUnavailable as away:
            if letter.tries + 1 >= MOST_TRIES:
                desk.letters.settle(letter_id, LetterState.FAILED, why=away.reason)
                log.error("letter_given_up", org=letter.org, letter=letter_id, kind=letter.kind)
            else:
                pause = pause_after(letter.tries)
                desk.letters.settle(letter_id, LetterState.WAITING, why=away.reason, next_in=pause)
        else:
            desk.letters.settle(letter_id, LetterState.SENT)


def _is_to_a_revoked_person(desk: Resources, letter: Letter) -> bool:
    account = desk.accounts.get(letter.account_id) if letter.account_id else None
    return account is not None and account.state is AccountState.REVOKED


def pause_after(tries: int) -> float:
    """Seconds until the next try after that many before it: doubling, about a day and a half in all."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**tries)
