"""An error that ends a command with one clear line instead of a traceback."""

from __future__ import annotations


class PlainFailure(Exception):
    """The text is the whole message for the user: what is wrong and what to do."""
