"""The portal's name, colour, logo and words above every page, with a preview."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from cache.records.logos import LARGEST, Logo
from cache.records.portal_settings import PortalSettings
from cache.records.setting_up import LOOK
from config.colours import COLOUR, FOYERS, dark_accent, light_accent
from gateway.access import OrganisationVisit, organisation_only
from gateway.forms.pictures import read_picture
from gateway.forms.portal_look import PortalLookForm
from gateway.forms.posted_form import read_form
from gateway.merchant.portal_switches import changes_between
from gateway.portal_look import portal_look
from gateway.wiring import wired

bp = Blueprint("merchant_look", __name__)

TYPED = ("portal_name", "colour", "banner", "welcome")


@bp.get("/merchant/<org_key:org>/look")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit, wired().portal_settings.get(visit.org))


@bp.post("/merchant/<org_key:org>/look")
@organisation_only
def save(visit: OrganisationVisit) -> ResponseReturnValue:
    """Save, or show what it would look like. A fault keeps everything typed; a picture must be chosen anew,
    as browsers want it.
    """
    posted, before = read_form(PortalLookForm(), request.form), wired().portal_settings.get(visit.org)
    errors, logo = dict(posted.errors), None
    try:
        logo = _uploaded()
    except ValidationError as fault:
        errors["logo"] = str(fault.messages[0])
    as_typed: dict[str, Any] = {name: request.form.get(name, "") for name in TYPED}
    if errors:
        return make_response(_page(visit, dataclasses.replace(before, **as_typed), errors=errors), 422)
    after = dataclasses.replace(before, **{name: posted.values[name] for name in TYPED})
    if posted.values["do"] == "preview":
        return _page(visit, after, is_preview=True)
    wired().setting_up.mark(visit.org, LOOK)
    _keep(visit, before, after, logo, removes_logo=posted.values["removes_logo"])
    return redirect(url_for("merchant_look.show", org=visit.org, saved=1), code=303)


def _uploaded() -> Logo | None:
    """The picture that was chosen, judged by its content. Raises ValidationError."""
    file = request.files.get("logo")
    content = file.read(LARGEST + 1) if file is not None else b""
    return Logo(read_picture(content, largest=LARGEST).kind, content) if content else None


def _keep(
    visit: OrganisationVisit,
    before: PortalSettings,
    after: PortalSettings,
    logo: Logo | None,
    *,
    removes_logo: bool,
) -> None:
    if logo is not None:
        after = dataclasses.replace(after, logo=wired().logos.put(visit.org, logo))
    elif removes_logo:
        after = dataclasses.replace(after, logo="")
    if changed := changes_between(before, after):
        wired().portal_settings.save(visit.org, after)
        wired().activity.append(
            visit.org, visit.merchant.id, "look_saved", {"merchant": visit.merchant.name, **changed}
        )
    if before.logo and before.logo != after.logo:
        wired().logos.retire(before.logo)


def _page(
    visit: OrganisationVisit,
    settings: PortalSettings,
    *,
    errors: dict[str, str] | None = None,
    is_preview: bool = False,
) -> str:
    colour = settings.colour if COLOUR.fullmatch(settings.colour) else ""
    shown = dataclasses.replace(settings, colour=colour)
    is_corrected = bool(colour) and colour not in (light_accent(colour).accent, dark_accent(colour).accent)
    return render_template(
        "pages/merchant/look.html",
        settings=settings,
        errors=errors or {},
        look=portal_look(shown, visit.connection),
        preview=url_for("looks.preview", colour=colour.removeprefix("#")) if colour else "",
        foyers=FOYERS,
        readable=(light_accent(colour).accent, dark_accent(colour).accent) if is_corrected else (),
        is_preview=is_preview,
        is_saved=request.args.get("saved") == "1" and not errors,
        largest=LARGEST // 1024,
        address=wired().settings.portal_url,
    )
