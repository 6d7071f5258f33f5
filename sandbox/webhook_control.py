"""The control API for webhooks: their URLs, formats and deliveries."""

from __future__ import annotations

from flask import Response, jsonify, request

from sandbox.control import control
from sandbox.refusals import not_found
from sandbox.runtime import place
from sandbox.webhooks import read_hook


@control.get("/webhooks")
def webhooks() -> Response:
    """Every organisation's webhook, the deliveries after number `since`, and how many are still waiting."""
    here = place()
    hooks = {
        key: item.webhook
        for centre in here.world.data_centres.values()
        for key, item in centre.organisations.items()
        if item.webhook
    }
    log = here.runtime.webhooks.log(int(request.args.get("since", "0")))
    return jsonify({"hooks": hooks, "deliveries": log, "waiting": here.runtime.webhooks.waiting()})


@control.post("/webhooks")
def order_webhook() -> tuple[Response, int]:
    """{"organization_id": …, "url": …} and optionally form, mode, secret, delay, headers, modules; replaces
    the previous one.
    """
    body, here = dict(request.get_json()), place()
    found = here.world.organisation(str(body.pop("organization_id", "")))
    if found is None:
        raise not_found()
    found[1].webhook = read_hook(body)
    here.world.touch()
    return jsonify(found[1].webhook), 201


@control.post("/webhooks/resend")
def resend_webhook() -> Response:
    """{"n": number of a delivery}: send it again."""
    place().runtime.webhooks.resend(int(request.get_json()["n"]))
    return jsonify({"resent": True})


@control.delete("/webhooks")
def forget_webhooks() -> Response:
    """Remove all webhooks and pending deliveries."""
    here = place()
    for centre in here.world.data_centres.values():
        for organisation in centre.organisations.values():
            organisation.webhook = {}
    here.runtime.webhooks.clear()
    here.world.touch()
    return jsonify({"hooks": {}})
