"""What surrounds every call to Zoho's surface: log, faults, caller, limits, headers, broken connections."""

from __future__ import annotations

import time
from email.utils import format_datetime
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from sandbox.billing.caller import ORGANISATION_HEADER, identify_in_billing
from sandbox.books.caller import Caller, identify
from sandbox.elapsed_time import apply_elapsed_time
from sandbox.faults import Fault
from sandbox.late_effects import LATE, Late
from sandbox.limits import BILLING, BOOKS
from sandbox.refusals import Refused
from sandbox.runtime import place
from sandbox.server import cut
from sandbox.times import iso_utc
from sandbox.tokens import TokenRefused

CALLERS = {BOOKS: identify, BILLING: identify_in_billing}
"""Product → how its caller and organisation are identified. Rate headers were only ever seen on Books
(zoho.md 3.1).
"""

HTML_ERROR = (
    "<!DOCTYPE html><html><head><title>Service unavailable</title></head>"
    "<body><h1>We are sorry</h1><p>The page you asked for cannot be shown right now.</p></body></html>"
)


class SandboxFlask(Flask):
    """Flask whose views run one at a time under the world's lock; faults wait outside of it."""

    def dispatch_request(self) -> ResponseReturnValue:
        world = place().world
        with world.lock:
            apply_elapsed_time(world)
            before = world.revision
            try:
                answer = super().dispatch_request()
            finally:
                place().runtime.webhooks.announce_changes()
                world.flush()
            if "call" in g:
                g.call["effect"] = world.revision != before
            return answer


def register_handlers(app: Flask) -> None:
    """Install everything in this file into an application."""
    app.before_request(_arrive)
    app.after_request(_leave)
    app.teardown_request(_flush)
    app.register_error_handler(Refused, _refusal_response)
    app.register_error_handler(TokenRefused, lambda refused: (jsonify(refused.body), refused.status))
    app.register_error_handler(HTTPException, _http_error_response)


def _arrive() -> ResponseReturnValue | None:
    product = request.path.split("/")[1]
    if product not in (*CALLERS, "oauth"):
        return None
    here = place()
    late: Late | None = request.environ.get(LATE)
    if late is not None:
        g.call, g.caller = late.entry, late.caller
        return None
    organization_id, token = _requested_organisation(product), _token()
    g.call = here.runtime.calls.open(
        at=iso_utc(here.world.clock.seconds()),
        dc=here.dc,
        method=request.method,
        path=request.path,
        query={name: value for name, value in request.args.items() if name != "token"},
        organization_id=organization_id,
        token_tail=token[-6:],
        grant_type=request.form.get("grant_type", ""),
    )
    fault = here.runtime.faults.take(
        {"method": request.method, "path": request.path, "organization_id": organization_id, "dc": here.dc}
    )
    g.fault = fault.do if fault is not None else ""
    early = _before_it_is_let_in(fault, token) if fault is not None else None
    if early is not None:
        return early
    try:
        if product in CALLERS:
            _admit(product, token, organization_id)
        return _instead_of_the_view(fault) if fault is not None else None
    finally:
        if fault is not None and fault.do == "delay":
            time.sleep(fault.seconds)


def _before_it_is_let_in(fault: Fault, token: str) -> Response | None:
    """Faults that occur before or without Zoho processing the call."""
    if fault.do == "cut_before":
        raise cut(request.environ)
    if fault.do == "expire_token":
        here = place()
        with here.world.lock:
            here.centre.access_tokens.pop(token, None)
    return _html_error(fault) if fault.do == "html" else None


def _instead_of_the_view(fault: Fault) -> Response | None:
    if fault.do == "status":
        return _ordered_answer(fault)
    return _put_off(fault) if fault.do == "late_commit" and "caller" in g else None


def _html_error(fault: Fault) -> Response:
    return Response(HTML_ERROR, fault.status, fault.headers, mimetype="text/html")


def _put_off(fault: Fault) -> Response:
    """Schedule the call's effect for later, and end it now."""
    application = current_app.wsgi_app
    place().runtime.late.put_off(
        application, request.environ, request.get_data(), Late(g.call, g.caller), fault.seconds
    )
    if fault.answer == "html":
        return _html_error(fault)
    if fault.answer == "hang":
        time.sleep(fault.seconds)
    raise cut(request.environ)


def _admit(product: str, token: str, organization_id: str) -> None:
    """Identify the caller and organisation, and count the call. Raises Refused."""
    here = place()
    with here.world.lock:
        caller: Caller = CALLERS[product](here.world, here.centre, token, organization_id, request.path)
        g.caller = caller
        if caller.organisation is not None:
            here.runtime.limits.admit(caller.organisation, product)
            g.let_in = caller.organisation, product


def _leave(response: Response) -> Response:
    here = place()
    response.headers["Date"] = format_datetime(here.world.clock.now(), usegmt=True)
    if "call" not in g or LATE in request.environ:
        return response
    caller = g.get("caller")
    if caller is not None and caller.organisation is not None and request.path.startswith("/books/"):
        with here.world.lock:
            response.headers.update(here.runtime.limits.headers(caller.organisation))
    g.call["status"] = response.status_code
    body: Any = response.get_json(silent=True) if response.is_json else None
    g.call["code"] = body.get("code", body.get("error")) if isinstance(body, dict) else None
    if g.fault == "cut_after":
        raise cut(request.environ)
    if g.fault == "half_answer":
        response.set_data(response.get_data()[: len(response.get_data()) // 2])
    return response


def _flush(error: BaseException | None) -> None:
    if "call" in g and LATE not in request.environ:
        place().runtime.calls.close()
    if "let_in" in g:
        here = place()
        with here.world.lock:
            here.runtime.limits.leave(*g.let_in)


def _requested_organisation(product: str) -> str:
    return (
        request.headers.get(ORGANISATION_HEADER, "")
        if product == BILLING
        else request.args.get("organization_id", "")
    )


def _token() -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if kind == "Zoho-oauthtoken" else ""


def _ordered_answer(fault: Fault) -> Response:
    if request.path.startswith("/oauth/"):
        answer = jsonify({"error": fault.message or "server_error"})
    else:
        answer = jsonify({"code": fault.code, "message": fault.message or "Internal Error"})
    answer.status_code = fault.status
    answer.headers.update(fault.headers)
    return answer


def _refusal_response(refused: Refused) -> Response:
    answer = jsonify({"code": refused.code, "message": refused.message})
    answer.status_code = refused.status
    return answer


def _http_error_response(error: HTTPException) -> ResponseReturnValue:
    if request.path.split("/")[1] not in CALLERS:
        return error
    if error.code == 405:
        return jsonify(
            {
                "code": 37,
                "message": f"The HTTP method {request.method} is not allowed for the requested resource",
            }
        ), 405
    if error.code == 404:
        return jsonify({"code": 5, "message": "Invalid URL Passed"}), 404
    return jsonify({"code": 9, "message": error.description or error.name}), error.code or 400
