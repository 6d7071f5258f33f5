"""Writes small, valid PDF files with pages of text lines."""

from __future__ import annotations

from collections.abc import Sequence

LINES_PER_PAGE = 46
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, LEADING = 595, 842, 56, 16
"""A4 in points."""


def write_pdf(pages: Sequence[Sequence[str]], title: str) -> bytes:
    """A PDF of these pages; the first line of each is its heading.

    Characters outside Windows-1252 become question marks.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = b"<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
    objects += [
        _font(b"Helvetica"),
        _font(b"Helvetica-Bold"),
        b"<< /Title (%s) /Producer (Zoho Books, sandbox) >>" % _text(title),
    ]
    kids: list[bytes] = []
    for page in pages:
        content = _content(page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources %s /Contents %d 0 R >>"
            % (PAGE_WIDTH, PAGE_HEIGHT, fonts, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _file(objects)


def in_pages(lines: Sequence[str]) -> list[list[str]]:
    """Split lines into pages that fit, each under the same heading."""
    heading, rest = lines[0], list(lines[1:])
    room = LINES_PER_PAGE - 1
    return [[heading, *rest[first : first + room]] for first in range(0, max(1, len(rest)), room)]


def _file(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), list[int]()
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def _content(lines: Sequence[str]) -> bytes:
    parts = [
        b"BT\n/F2 18 Tf\n%d %d Td\n(%s) Tj\n/F1 10 Tf" % (MARGIN, PAGE_HEIGHT - MARGIN - 18, _text(lines[0]))
    ]
    parts += [
        b"0 -%d Td\n(%s) Tj" % (LEADING if number else LEADING * 2, _text(line))
        for number, line in enumerate(lines[1:])
    ]
    return b"\n".join([*parts, b"ET"])


def _text(line: str) -> bytes:
    escaped = (
        line.replace("\\", r"\\")
        .replace("(", r"\(")
        .replace(")", r"\)")
        .replace("\n", " ")
        .replace("\r", " ")
    )
    return escaped.encode("cp1252", "replace")
