"""What judges every page is judged itself: it finds what is wrong on a bad page, and nothing on a good
one.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.every_page.page_checks import PageChecks

PAGE = """<!doctype html><html lang="en">
<head><title>Estimates</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>Estimates</h1>{content}</main></body></html>"""

FAULTS = {
    "image-alt": '<img src="data:," width="40" height="40">',
    "color-contrast": '<p style="color: #aaa; background: #fff">Due in 5 days</p>',
    "label": '<input type="text" name="amount">',
    "target-size": (
        '<p><button style="width: 9px; height: 9px">a</button><button style="width: 9px; '
        'height: 9px">b</button></p>'
    ),
    "wider than the window": '<p style="width: 900px">EST-000042</p>',
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(chromium: Browser, fault: str) -> None:
    assert [item for item in faults_of(chromium, FAULTS[fault]) if fault in item]


def test_a_good_page_has_none(chromium: Browser) -> None:
    assert (
        faults_of(chromium, '<p>Three estimates wait for you.</p><p><a href="/estimates">See them</a></p>')
        == []
    )


def faults_of(chromium: Browser, content: str) -> list[str]:
    page = chromium.new_page()
    page.set_content(PAGE.format(content=content))
    page_checks = PageChecks(page)
    page_checks.judge("estimates")
    page.close()
    return page_checks.faults
