"""Setting up as a short list: what is done, what is next, and where it is done. It can be left and taken up
again at any step.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from cache.records.portal.setup_progress import BRANDING, DONE, SETTINGS
from gateway.document_kinds import DOCUMENT_PAGES
from gateway.web.access import OrganisationVisit
from gateway.web.services import services


class SetupStep(NamedTuple):
    """key: of cache/records/portal/setup_progress.py where a press says "leave it as it is", "" where what
    stands says it.
    """

    title: str
    description: str
    url: str
    is_done: bool
    key: str = ""


class Setup(NamedTuple):
    steps: tuple[SetupStep, ...]
    is_closed: bool

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> SetupStep | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.is_done), None)


def setup_of(visit: OrganisationVisit) -> Setup:
    """Where this organisation stands."""
    org, passed = visit.org, services().setup_progress.completed(visit.org)
    is_read = all(
        services().mirror.is_complete(org, kind) for kind, row in DOCUMENT_PAGES.items() if row.is_required
    )
    has_clients = bool(services().accounts.index(org))
    steps = (
        SetupStep(
            "Connect Zoho Books",
            f"{visit.connection.name} is connected.",
            url_for("merchant_overview.show", org=org),
            True,
        ),
        SetupStep(
            "First reading",
            "Everything was read." if is_read else "Zoho is being read; go on meanwhile.",
            url_for("merchant_sync.show", org=org),
            is_read,
        ),
        SetupStep(
            "Name and look",
            "Name, colour, logo and a banner, with a preview.",
            url_for("merchant_branding.show", org=org),
            BRANDING in passed,
            BRANDING,
        ),
        SetupStep(
            "What clients may do",
            "Pages, answers, payments and details, switch by switch.",
            url_for("merchant_settings.show", org=org),
            SETTINGS in passed,
            SETTINGS,
        ),
        SetupStep(
            "Invite", "One client, some, or all.", url_for("merchant_clients.listing", org=org), has_clients
        ),
    )
    return Setup(steps, is_closed=DONE in passed)
