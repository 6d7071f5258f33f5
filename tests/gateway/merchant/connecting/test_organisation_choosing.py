"""Between consent and the choice of an organisation: what can no longer be opened is as if it had run out."""

from __future__ import annotations

import dataclasses

from flask import Flask

from config.settings import Settings
from gateway.app import create_app
from tests.gateway.merchant_browser import MerchantBrowser
from workers.services import Services

ANOTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg="
"""A Fernet key that says what it is: the digits downwards."""


def test_after_the_sealing_key_was_lost_the_merchant_begins_anew(
    settings: Settings, app: Flask, services: Services, sandbox: object
) -> None:
    merchant = MerchantBrowser(app)
    merchant.connect()
    portal = create_app(dataclasses.replace(settings, sealing_keys=(ANOTHER_KEY,)))
    elsewhere = portal.test_client()
    elsewhere.set_cookie("foyer", merchant.cookie())
    answer = elsewhere.get("/merchant/organisations")
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/merchant")
