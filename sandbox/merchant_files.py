"""Files that a merchant attached to an invoice (zoho.md 4.5: not all of them are meant for clients)."""

from __future__ import annotations

import struct
import zlib

from sandbox.pdf_writer import in_pages, write_pdf
from sandbox.world import DataCentre, Record

KINDS = {"pdf": "application/pdf", "png": "image/png"}


def attach(centre: DataCentre, invoice: Record, file_name: str, at: int) -> Record:
    """Attach a file to an invoice; its type follows from its name, its content from name and number."""
    document = {
        "document_id": centre.new_id(),
        "file_name": file_name,
        "file_type": file_name.rpartition(".")[2],
        "created": at,
    }
    invoice["documents"].append(document)
    return document


def content_of(document: Record) -> bytes:
    """The bytes of an attached file, always the same."""
    if document["file_type"] == "png":
        return _picture(int(document["document_id"][-4:]) % 200)
    return write_pdf(
        in_pages([document["file_name"], f"Attached file {document['document_id']}"]), document["file_name"]
    )


def _picture(shade: int) -> bytes:
    """A grey square of 32 by 32 pixels."""
    rows = b"".join(b"\0" + bytes([shade]) * 32 for _ in range(32))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
