"""The blueprint of all Books views."""

from __future__ import annotations

from flask import Blueprint

books = Blueprint("books", __name__, url_prefix="/books/v3")
