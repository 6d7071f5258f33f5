"""A small threaded HTTP/1.1 server for WSGI applications, on loopback only.

Werkzeug's development server closes the connection after every response. Our client keeps connections alive,
so it must be tested against a server that does too, and whose connections can be reset mid-response.
"""

from __future__ import annotations

import socket
import struct
import sys
import traceback
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask

LOOPBACK = "127.0.0.1"


class ConnectionCut(ConnectionError):
    """The connection of this request was cut on purpose; no response can be sent."""


def cut(environ: dict[str, Any]) -> ConnectionCut:
    """Reset the request's TCP connection. Raise the returned exception to leave the application."""
    connection: socket.socket = environ["sandbox.connection"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
    return ConnectionCut("cut on purpose")


class WsgiHandler(BaseHTTPRequestHandler):
    """Reads requests from one connection and passes each to the server's application."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: LoopbackServer

    def answer(self) -> None:
        """Run the application once and send its response with its length, so that the connection can stay
        open.
        """
        try:
            length = int(self.headers.get("Content-Length") or 0)
        except ValueError:
            length = -1
        if length < 0 or "Transfer-Encoding" in self.headers:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
            return
        response: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
            response["status"], response["headers"] = status, headers

        try:
            parts = self.server.application(self._environ(self.rfile.read(length)), start_response)
            body = b"".join(parts)
            self._send(response["status"], response["headers"], body)
        except ConnectionError:
            self.close_connection = True
        except Exception:
            traceback.print_exc()
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR, "The sandbox itself failed; see its log")

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = answer  # noqa: N815 (names given by http.server)

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        if code not in ("204", "304"):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def _environ(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "SERVER_NAME": LOOPBACK,
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "sandbox.connection": self.connection,
        }
        if "Content-Type" in self.headers:
            environ["CONTENT_TYPE"] = self.headers["Content-Type"]
        for name, value in self.headers.items():
            key = "HTTP_" + name.upper().replace("-", "_")
            if key not in ("HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE"):
                environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ

    def log_message(self, format: str, *args: Any) -> None:
        """The call log has the details; standard error is for faults."""


class LoopbackServer(ThreadingHTTPServer):
    """One data centre's port."""

    daemon_threads = True
    request_queue_size = 512
    allow_reuse_address = True

    def __init__(self, host: str, port: int, application: Flask) -> None:
        """Raises ValueError for any address but 127.0.0.1: the sandbox has no passwords."""
        if host != LOOPBACK:
            raise ValueError(f"the sandbox only listens on {LOOPBACK}, not on {host}")
        self.application = application
        super().__init__((host, port), WsgiHandler)

    def server_bind(self) -> None:
        """Bind without resolving the machine's own name, which may take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that disconnected is not an error; anything else is reported."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError | ValueError):
            super().handle_error(request, client_address)
