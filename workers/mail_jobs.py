"""RQ's entry points for letters. Each may run twice or not at all: a letter that was sent is not sent again."""

from __future__ import annotations

from workers.job_setup import job
from workers.send_letter import send_letter


def send(letter_id: str) -> None:
    """Hand over one letter."""
    with job("send_letter", letter=letter_id) as desk:
        send_letter(letter_id, desk)
