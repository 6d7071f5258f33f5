"""Keys of whole documents and PDFs."""

from __future__ import annotations


def document(org: str, kind: str, document_id: str, version: str) -> str:
    return f"o:{{{org}}}:document:{kind}:{document_id}:{version}"


def newest_document(org: str, kind: str, document_id: str) -> str:
    return f"o:{{{org}}}:newest:{kind}:{document_id}"


def pdf(org: str, kind: str, document_id: str, version: str) -> str:
    return f"o:{{{org}}}:pdf:{kind}:{document_id}:{version}"
