"""What stands in somebody's mailbox: the letters that were written, after the worker has looked through what
was asked for.
"""

from __future__ import annotations

import re

from cache.records.letters import Letter
from gateway.wiring import Wiring
from workers.job_setup import build_resources
from workers.letters.link_letters import write_link_letter
from workers.letters.send_letter import send_letter


class Mailbox:
    """Letters to one address. The worker's own functions write and send them, in this process."""

    def __init__(self, wiring: Wiring, address: str, *orgs: str) -> None:
        self._wiring, self._address, self._orgs = wiring, address, (*orgs, "")

    def letters(self) -> list[Letter]:
        """Newest first, of each organisation and of the portal itself."""
        desk = build_resources(self._wiring.settings)
        for wish_id in desk.link_wishes.claim_due(100, lease=60):
            write_link_letter(wish_id, desk)
        for letter_id in desk.mail_due.due(100):
            send_letter(letter_id, desk)
        found = [
            one for org in self._orgs for one in self._wiring.letters.recent(org) if one.to == self._address
        ]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def kinds(self) -> list[str]:
        """What each is about: of a notice, what changed."""
        return [one.values.get("event", one.kind) for one in self.letters()]

    def link(self) -> str:
        """The path of the newest link."""
        for letter in self.letters():
            if found := re.search(re.escape(self._wiring.settings.portal_url) + r"(/\S+)", letter.text):
                return found.group(1)
        raise AssertionError(f"no letter with a link for {self._address}")
