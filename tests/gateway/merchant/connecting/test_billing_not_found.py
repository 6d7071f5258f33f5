"""A merchant who says that they use Zoho Billing, and does not."""

from __future__ import annotations

from flask import Flask

from cache.records.connections.connection import BillingUse
from tests.gateway.merchant_browser import MerchantBrowser
from tests.servers.sandbox_server import SandboxServer
from workers.services import Services


def test_a_merchant_of_books_only_who_ticks_billing_all_the_same_reads_that_there_is_none(
    app: Flask, services: Services, sandbox: SandboxServer
) -> None:
    jonas = MerchantBrowser(app, "Jonas Weber")
    jonas.connect(ticks_billing=True, dc="eu")
    connection = services.connections.get(jonas.choose("Weber & Sohn"))
    assert connection is not None
    assert (connection.billing, connection.billing_organization_id) == (BillingUse.NOT_FOUND, "")
    jonas.follow()
    assert "lists no organisation in Zoho Billing that is this one" in jonas.text
