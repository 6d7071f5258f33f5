"""A merchant who came through Zoho's consent, at one organisation of theirs."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.gateway.merchant_browser import MerchantBrowser
from tests.gateway.real_zoho import STUDIO
from tests.servers.sandbox_server import SandboxServer


@pytest.fixture
def ada(app: Flask, sandbox: SandboxServer) -> MerchantBrowser:
    """She has consented, and is asked which organisation."""
    browser = MerchantBrowser(app)
    browser.connect()
    return browser


@pytest.fixture
def org(ada: MerchantBrowser) -> str:
    return ada.choose(STUDIO)
