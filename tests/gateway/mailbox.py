"""What stands in somebody's mailbox: the letters that were written, after the worker has looked through what
was asked for.
"""

from __future__ import annotations

import re

from cache.records.email.emails import Email
from workers.email.link_emails import compose_link_email
from workers.email.send_email import send_email
from workers.services import Services, build_services


class Mailbox:
    """Letters to one address. The worker's own functions write and send them, in this process."""

    def __init__(self, services: Services, address: str, *orgs: str) -> None:
        self._services, self._address, self._orgs = services, address, (*orgs, "")

    def emails(self) -> list[Email]:
        """Newest first, of each organisation and of the portal itself."""
        services = build_services(self._services.settings)
        for request_id in services.link_requests.claim_due(100, lease=60):
            compose_link_email(request_id, services)
        for email_id in services.mail_due.due(100):
            send_email(email_id, services)
        found = [
            email
            for org in self._orgs
            for email in self._services.emails.recent(org)
            if email.to == self._address
        ]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def kinds(self) -> list[str]:
        """What each is about: of a notice, what changed."""
        return [email.values.get("event", email.kind) for email in self.emails()]

    def link(self) -> str:
        """The path of the newest link."""
        for email in self.emails():
            if found := re.search(re.escape(self._services.settings.portal_url) + r"(/\S+)", email.text):
                return found.group(1)
        raise AssertionError(f"no letter with a link for {self._address}")
