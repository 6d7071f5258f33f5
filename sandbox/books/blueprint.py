"""The one blueprint under which all Books views hang."""

from __future__ import annotations

from flask import Blueprint

books = Blueprint("books", __name__, url_prefix="/books/v3")
