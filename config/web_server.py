"""gunicorn's configuration file: threads, so that one page's slow Zoho call does not block others."""

from __future__ import annotations

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8600')}"
worker_class = "config.request_buffering.RequestBufferingWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 20
# Seconds after which an idle connection is closed, before its first request and between two. The time for
# sending a request is in config/request_buffering.py.
keepalive = 5
worker_connections = 1000
# Request line and header limits: the longest legitimate URL is a filtered list.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
accesslog = None
errorlog = "-"
