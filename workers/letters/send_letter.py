"""One letter out of the outbox."""

from __future__ import annotations

import time

import structlog

from cache.locks import only_one
from cache.records.letter_kinds import LETTER_KINDS, Mode
from cache.records.letters import Letter, LetterState
from cache.sealing import SealBroken
from connectors.mail.delivery import deliver
from connectors.mail.errors import MailRefused, MailUnavailable
from connectors.mail.outgoing_mail import OutgoingMail
from workers.crash_points import reached
from workers.job_setup import Resources
from workers.letters.digest import gather
from workers.letters.leaving_out import why_left_out
from workers.letters.surroundings import answers_to, surroundings
from workers.letters.written import Written, write

log = structlog.get_logger()

MOST_TRIES = 12
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 3 * 3600.0

IN_DOUBT = "A worker stopped in the middle of handing it over. It may have arrived, so it was not sent a second time."


def send_letter(letter_id: str, desk: Resources) -> None:
    """Write it out and send it if it still waits and may still go, then note what became of it.

    A worker that dies while handing it over leaves it "sending". What a person cannot do without is then sent
    once more, under the same Message-ID; everything else is not (docs/decisions/0022).
    """
    with only_one(
        desk.redis.records, f"letter:{letter_id}", held_for=float(desk.settings.order_lease)
    ) as mine:
        letter = desk.letters.get(letter_id) if mine else None
        if letter is None or letter.state not in (LetterState.WAITING, LetterState.SENDING):
            if mine:
                desk.mail_due.remove(letter_id)
            return
        if letter.state is LetterState.SENDING and not LETTER_KINDS[letter.kind].is_repeated:
            desk.letters.settle(letter_id, LetterState.FAILED, why=IN_DOUBT)
        elif why := why_left_out(desk, letter):
            desk.letters.settle(letter_id, LetterState.LEFT_OUT, why=why)
        else:
            _hand_over(desk, letter)


def send_due_letters(desk: Resources) -> None:
    """Whatever is due, one after the other: a thousand letters are not a thousand jobs. What is left is rung
    for again.
    """
    ends = time.monotonic() + desk.settings.order_lease / 2
    while time.monotonic() < ends:
        found = desk.mail_due.claim_due(1, lease=1.5 * desk.settings.order_lease)
        if not found:
            return
        send_letter(found[0], desk)
    desk.doorbell.ring_due_letters()


def _hand_over(desk: Resources, letter: Letter) -> None:
    try:
        around = surroundings(desk, letter)
    except SealBroken:
        desk.letters.settle(
            letter.id,
            LetterState.FAILED,
            why="Its link was sealed with a key that this portal no longer has.",
        )
        return
    words = write(letter.kind, letter.values, around)
    if desk.letter_settings.get(letter.org).mode(letter.kind) is Mode.DIGEST:
        gather(desk, letter)
        desk.letters.settle(letter.id, LetterState.GATHERED, subject=words.subject)
        return
    mail = OutgoingMail(
        id=letter.id,
        org=letter.org,
        kind=letter.kind,
        to=letter.to,
        subject=words.subject,
        text=words.text,
        html=words.html,
        reply_to=answers_to(desk, letter),
        from_name=around.merchant,
        stop_link=around.stop_link,
    )
    reached("before_begin")
    desk.letters.begin(letter.id)
    reached("after_begin")
    _deliver(desk, letter, mail, words)


def _deliver(desk: Resources, letter: Letter, mail: OutgoingMail, words: Written) -> None:
    try:
        deliver(desk.settings, mail)
    except MailRefused as refusal:
        desk.letters.settle(letter.id, LetterState.FAILED, why=refusal.reason, subject=words.subject)
        log.warning("letter_refused", org=letter.org, letter=letter.id, kind=letter.kind)
    except MailUnavailable as away:
        if letter.tries + 1 >= MOST_TRIES:
            desk.letters.settle(letter.id, LetterState.FAILED, why=away.reason, subject=words.subject)
            log.error("letter_given_up", org=letter.org, letter=letter.id, kind=letter.kind)
        else:
            desk.letters.settle(
                letter.id,
                LetterState.WAITING,
                why=away.reason,
                next_in=pause_after(letter.tries),
                subject=words.subject,
            )
    else:
        reached("after_handing_over")
        # What went out is its reader's. Only a developer's folder is read on a page, links that let somebody
        # in and all.
        is_read_here = desk.settings.mail_delivery == "folder" and not desk.settings.is_production
        text, html = (words.text, words.html) if is_read_here else ("", "")
        desk.letters.settle(letter.id, LetterState.SENT, subject=words.subject, text=text, html=html)


def pause_after(tries: int) -> float:
    """Seconds until the next try after that many before it: doubling, about a day and a half in all."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**tries)
