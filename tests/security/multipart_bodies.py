"""Forms with files, as a browser or an attacker writes them."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes


def as_parts(fields: list[tuple[str, str]], name: str, file: tuple[str, str, bytes]) -> bytes:
    """multipart/form-data with the fields and one file."""
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="'
        + field.encode()
        + b'"\r\n\r\n'
        + unquote_to_bytes(value.replace("+", " "))
        for field, value in fields
    ]
    head = (
        f'--x\r\nContent-Disposition: form-data; name="{name}"; '
        f'filename="{file[0]}"\r\nContent-Type: {file[1]}\r\n\r\n'
    )
    return b"\r\n".join((*parts, head.encode() + file[2], b"--x--\r\n"))


def header_text(value: str) -> str:
    """What can stand in a header at all: the server lets nothing else through to us."""
    return "".join(sign for sign in unquote_to_bytes(value).decode("latin-1") if sign not in "\r\n\0")[:4000]
