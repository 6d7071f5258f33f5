"""The portal's name, colour, logo and words above every page, with a preview."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from cache.records.portal.logos import MAX_BYTES, Logo
from cache.records.portal.portal_settings import PortalSettings
from cache.records.portal.setup_progress import BRANDING
from config.colours import COLOUR, DEFAULT_COLOUR, dark_accent, light_accent
from gateway.merchant.settings.branding_forms import BrandingForm
from gateway.merchant.settings.portal_switches import setting_changes
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.branding import branding_of
from gateway.web.posted_form import read_form
from gateway.web.services import services
from gateway.web.uploaded_pictures import read_picture

bp = Blueprint("merchant_branding", __name__)

TYPED = ("portal_name", "colour", "banner", "welcome")


@bp.get("/merchant/<org_key:org>/look")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    return _page(visit, services().portal_settings.get(visit.org))


@bp.post("/merchant/<org_key:org>/look")
@organisation_only
def save(visit: OrganisationVisit) -> ResponseReturnValue:
    """Save, or show what it would look like. A fault keeps everything typed; a picture must be chosen anew,
    as browsers want it.
    """
    posted, before = read_form(BrandingForm(), request.form), services().portal_settings.get(visit.org)
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
    services().setup_progress.mark(visit.org, BRANDING)
    _store(visit, before, after, logo, removes_logo=posted.values["removes_logo"])
    return redirect(url_for("merchant_branding.show", org=visit.org, saved=1), code=303)


def _uploaded() -> Logo | None:
    """The picture that was chosen, judged by its content. Raises ValidationError."""
    file = request.files.get("logo")
    content = file.read(MAX_BYTES + 1) if file is not None else b""
    return Logo(read_picture(content, max_bytes=MAX_BYTES).kind, content) if content else None


def _store(
    visit: OrganisationVisit,
    before: PortalSettings,
    after: PortalSettings,
    logo: Logo | None,
    *,
    removes_logo: bool,
) -> None:
    if logo is not None:
        after = dataclasses.replace(after, logo=services().logos.put(visit.org, logo))
    elif removes_logo:
        after = dataclasses.replace(after, logo="")
    if changed := setting_changes(before, after):
        services().portal_settings.save(visit.org, after)
        services().activity.append(
            visit.org, visit.merchant.id, "look_saved", {"merchant": visit.merchant.name, **changed}
        )
    if before.logo and before.logo != after.logo:
        services().logos.retire(before.logo)


def _page(
    visit: OrganisationVisit,
    settings: PortalSettings,
    *,
    errors: dict[str, str] | None = None,
    is_preview: bool = False,
) -> str:
    colour = settings.colour if COLOUR.fullmatch(settings.colour) else ""
    previewed = dataclasses.replace(settings, colour=colour)
    is_corrected = bool(colour) and colour not in (light_accent(colour).accent, dark_accent(colour).accent)
    return render_template(
        "merchant/settings/branding.html",
        settings=settings,
        errors=errors or {},
        branding=branding_of(previewed, visit.connection),
        preview=url_for("branding.preview", colour=colour.removeprefix("#")) if colour else "",
        default_colour=DEFAULT_COLOUR,
        readable=(light_accent(colour).accent, dark_accent(colour).accent) if is_corrected else (),
        is_preview=is_preview,
        is_saved=request.args.get("saved") == "1" and not errors,
        max_kilobytes=MAX_BYTES // 1024,
        address=services().settings.portal_url,
    )
