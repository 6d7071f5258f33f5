"""Uploaded images, identified by content rather than by file name or Content-Type."""

from __future__ import annotations

import struct
from typing import NamedTuple

from marshmallow import ValidationError

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
SIZE_SEGMENTS = frozenset({0xC0, 0xC1, 0xC2})
"""JPEG segments that give height and width: baseline, extended and progressive."""

MAX_SIDE = 4096
UNSUPPORTED_TYPE = "Please choose a PNG or JPEG picture."


class Picture(NamedTuple):
    """kind: image/png or image/jpeg. Width and height in pixels."""

    kind: str
    width: int
    height: int


def read_picture(content: bytes, *, max_bytes: int) -> Picture:
    """Detects type and size. Raises ValidationError with a message for the user."""
    if len(content) > max_bytes:
        raise ValidationError(f"Please choose a file of at most {max_bytes // 1024} kB.")
    if content.startswith(PNG):
        kind, size = "image/png", _png_size(content)
    elif content.startswith(JPEG):
        kind, size = "image/jpeg", _jpeg_size(content)
    else:
        raise ValidationError(UNSUPPORTED_TYPE)
    if size is None or 0 in size:
        raise ValidationError("This picture cannot be read. Please save it anew and try again.")
    if max(size) > MAX_SIDE:
        raise ValidationError(f"Please choose a picture of at most {MAX_SIDE} pixels on each side.")
    return Picture(kind, *size)


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33 or b"IEND" not in content[-16:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walks the segments to the one that holds the size."""
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], struct.unpack(">H", content[place + 2 : place + 4])[0]
        if marker in SIZE_SEGMENTS:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None
