"""A letter for the tests of this folder."""

from __future__ import annotations

import pytest

from connectors.mail.outgoing_email import OutgoingEmail


@pytest.fixture
def email() -> OutgoingEmail:
    return OutgoingEmail(
        id="a1b2",
        org="us-600",
        to="ana@lima.example",
        subject="An estimate for you",
        text="Good day",
        html="<p>Good day</p>",
        reply_to="ada@harbourlight.example",
        kind="invitation",
    )
