"""Setting up webhooks: the address for Zoho, how deliveries prove themselves, and what came of the last
ones.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cache.records.connections.webhook_endpoints import Delivery, Proof, WebhookEndpoint
from connectors.zoho.webhooks.deliveries import TOKEN_HEADER
from connectors.zoho.webhooks.endpoint_check import check_endpoint
from gateway.web.access import OrganisationVisit, organisation_only
from gateway.web.services import services
from gateway.web.template_filters import moment

bp = Blueprint("merchant_webhooks", __name__)

PROOFS = (
    (
        Proof.SIGNATURE,
        "A signature",
        "Zoho signs every delivery with the secret below. The safest; some set-ups of Zoho sign differently.",
    ),
    (
        Proof.HEADER,
        "A header",
        f"You add the header {TOKEN_HEADER} with the secret below to the webhook in Zoho.",
    ),
    (Proof.ADDRESS, "The address alone", "Nobody but Zoho and you knows the address. Always works."),
)
OUTCOMES = {
    "accepted": ("good", "Read anew"),
    "empty": ("quiet", "Genuine, nothing in it for the portal"),
    "unproven": ("bad", "Refused: it did not prove itself in the chosen way"),
    "too_many": ("waiting", "Left to the next sync: too many within a minute"),
}


@bp.get("/merchant/<org_key:org>/webhooks")
@organisation_only
def show(visit: OrganisationVisit) -> ResponseReturnValue:
    endpoint = services().webhook_endpoints.of(visit.org)
    return render_template(
        "merchant/webhooks/webhooks.html",
        endpoint=endpoint,
        address=_address(endpoint) if endpoint else "",
        rehearsal=request.args.get("rehearsal", ""),
        proofs=PROOFS,
        header=TOKEN_HEADER,
        deliveries=_latest(visit.org),
    )


@bp.get("/merchant/<org_key:org>/webhooks/deliveries")
@organisation_only
def deliveries(visit: OrganisationVisit) -> Response:
    """What came lately, newest first, for the page that waits for a test."""
    return jsonify(deliveries=_latest(visit.org))


@bp.post("/merchant/<org_key:org>/webhooks")
@organisation_only
def change(visit: OrganisationVisit) -> ResponseReturnValue:
    """open: an address, or a new one. close: none any more. prove: how deliveries prove themselves. test:
    send one ourselves.
    """
    endpoints, wanted = services().webhook_endpoints, request.form.get("do", "")
    if wanted == "open":
        before = endpoints.of(visit.org)
        endpoints.make(visit.org, before.proof if before else Proof.ADDRESS)
    elif wanted == "close":
        endpoints.close(visit.org)
    elif wanted == "prove" and request.form.get("proof") in set(Proof):
        endpoints.prove_by(visit.org, Proof(request.form["proof"]))
    elif wanted == "test" and (endpoint := endpoints.of(visit.org)) is not None:
        outcome = check_endpoint(_address(endpoint), endpoint.secret)
        return redirect(url_for("merchant_webhooks.show", org=visit.org, rehearsal=outcome.value), code=303)
    else:
        abort(400)
    services().activity.append(visit.org, visit.merchant.id, "webhooks_changed", {"change": wanted})
    return redirect(url_for("merchant_webhooks.show", org=visit.org), code=303)


def _address(endpoint: WebhookEndpoint) -> str:
    """As it is pasted into Zoho."""
    return f"{services().settings.portal_url}{url_for('webhooks.receive', key=endpoint.key)}"


def _latest(org: str) -> list[dict[str, str]]:
    return [_line(endpoint) for endpoint in services().webhook_endpoints.latest(org)]


def _line(delivery: Delivery) -> dict[str, str]:
    tone, text = OUTCOMES[delivery.outcome]
    return {"at": moment(delivery.at), "tone": tone, "text": text, "about": delivery.about}
