"""The portal as gunicorn serves it, with one page more: as many bytes as a list page has, and no work at
all.
"""

from __future__ import annotations

import os

from gateway.web.access import open_to_all
from gateway.wsgi import app
from tests.bench.measuring import BARE_PAGE

SIZE = int(os.environ["BARE_PAGE_BYTES"])
BODY = "<!doctype html><title>Bare</title>".ljust(SIZE, "x")


@app.get(BARE_PAGE)
@open_to_all
def bare_page() -> str:
    return BODY
