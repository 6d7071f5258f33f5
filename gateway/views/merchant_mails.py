"""Letters: what was written to whom and what became of it. Where letters go into a folder, what they say can
be read here too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from cache.records.letters import Letter, LetterState, new_letter_id
from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.merchant_letters import LettersQuery
from gateway.letter_words import STATE_WORDS, kind_word
from gateway.letter_writing import put_out
from gateway.response_headers import SANDBOXED
from gateway.wiring import wired

bp = Blueprint("merchant_mails", __name__)

LINK = re.compile(r"https?://[^\s<>\"']+")
LOOKED_THROUGH, SHOWN = 2_000, 100
"""Letters; those shown are the newest that match."""


@dataclass(frozen=True)
class LetterRow:
    """text: with links to this portal; "" where it cannot be read here."""

    letter: Letter
    kind: str
    word: str
    tone: str
    text: Markup


@bp.get("/merchant/<org_key:org>/mails")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    query = LettersQuery.of(request.args)
    letters = [one for one in wired().letters.recent(visit.org, LOOKED_THROUGH) if query.matches(one)]
    return render_template(
        "pages/merchant/mails.html",
        rows=[_row(one) for one in letters[:SHOWN]],
        total=len(letters),
        query=query,
        states=STATE_WORDS,
        goes_into_a_folder=wired().settings.mail_delivery == "folder",
        test_to=visit.merchant.email,
        is_tested=request.args.get("done") == "tested",
    )


@bp.get("/merchant/<org_key:org>/mails/<string(maxlength=40):letter_id>")
@organisation_only
def one_html(visit: OrganisationVisit, letter_id: str) -> ResponseReturnValue:
    """The HTML as its reader sees it: in a sandbox, where nothing runs and nothing is fetched."""
    letter = wired().letters.get(letter_id)
    if letter is None or letter.org != visit.org or not letter.html:
        abort(404)
    return Response(letter.html, headers={"Content-Security-Policy": SANDBOXED})


@bp.post("/merchant/<org_key:org>/test-letter")
@organisation_only
def send_test(visit: OrganisationVisit) -> ResponseReturnValue:
    """A letter to the merchant who asks, by the same way as all others."""
    letter = Letter(
        id=new_letter_id(),
        org=visit.org,
        to=visit.merchant.email,
        kind="test",
        merchant_id=visit.merchant.id,
        values={"answers_to": str(visit.connection.profile.get("email") or visit.merchant.email)},
        path=f"/merchant/{visit.org}/mails",
    )
    put_out(letter, once_key=f"test:{letter.id}")
    return redirect(url_for("merchant_mails.listing", org=visit.org, done="tested"), code=303)


def _row(letter: Letter) -> LetterRow:
    word, tone = STATE_WORDS[letter.state]
    if letter.state is LetterState.WAITING and letter.tries:
        word = "Tried, waiting"
    return LetterRow(letter, kind_word(letter.kind), word, tone, with_links(letter.text))


def with_links(text: str) -> Markup:
    """Plain text with its own portal's addresses as links; everything else stays text."""
    portal = wired().settings.portal_url
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = found.group()
        parts.append(escape(text[end : found.start()]))
        parts.append(
            Markup('<a href="{0}">{0}</a>').format(address)
            if address.startswith(portal + "/")
            else escape(address)
        )
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])
