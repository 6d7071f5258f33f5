"""Letters that were sent, for development only: with folder delivery nothing leaves the machine, so links are clicked here."""

from __future__ import annotations

import re

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from gateway.access import OrganisationVisit, organisation_only
from gateway.navigation import shows_letters
from gateway.wiring import wired

bp = Blueprint("merchant_mails", __name__)

LINK = re.compile(r"https?://[^\s<>\"']+")


@bp.get("/merchant/<org_key:org>/mails")
@organisation_only
def listing(visit: OrganisationVisit) -> ResponseReturnValue:
    if not shows_letters(wired().settings):
        abort(404)
    letters = [(letter, with_links(letter.text)) for letter in wired().letters.recent(visit.org)]
    return render_template("pages/merchant/mails.html", letters=letters)


def with_links(text: str) -> Markup:
    """Plain text with its own portal's addresses as links; everything else stays text."""
    portal = wired().settings.portal_url
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = found.group()
        parts.append(escape(text[end : found.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(address) if address.startswith(portal + "/") else escape(address))
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])
