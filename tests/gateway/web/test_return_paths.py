"""Only pages of ours are ways back."""

from __future__ import annotations

import pytest

from gateway.web.return_paths import safe_return_path


@pytest.mark.parametrize("address", ["/invoices?type=unpaid&page=2", "/estimates/1/accept", "/"])
def test_our_own_pages_are(address: str) -> None:
    assert safe_return_path(address, "/home") == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\r\nX: y",
        "http://[",
        "//[evil",
    ],
)
def test_everything_else_leads_home(address: str) -> None:
    assert safe_return_path(address, "/home") == "/home"
