"""The PDFs are small, but whole: a reader finds every object where the table says it is."""

from __future__ import annotations

import re

import pytest

from sandbox.pdf_writer import LINES_PER_PAGE, in_pages, write_pdf


def test_the_cross_reference_table_points_at_every_object():
    made = write_pdf([["Quote QT-1", "Lena (Café) \\ 10 €"], ["Quote QT-2"]], "Two quotes")
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", made).group(1))
    offsets = [int(match) for match in re.findall(rb"(\d{10}) 00000 n ", made[start:])]
    assert (
        made[start:].startswith(b"xref\n")
        and int(re.search(rb"/Size (\d+)", made).group(1)) == len(offsets) + 1
    )
    for number, offset in enumerate(offsets, start=1):
        assert made[offset:].startswith(b"%d 0 obj\n" % number)


def test_streams_have_the_length_they_say():
    made = write_pdf([["A", "b", "c"]], "A")
    ((length, content),) = re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", made, re.S)
    assert int(length) == len(content)


def test_brackets_and_backslashes_are_escaped_and_strange_letters_do_not_fail():
    made = write_pdf([["(a) \\ 日本"]], "x")
    assert b"(\\(a\\) \\\\ ??)" in made


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (LINES_PER_PAGE, 1), (LINES_PER_PAGE + 1, 2), (200, 5)])
def test_long_documents_go_on_under_the_same_heading(lines, pages):
    split = in_pages([f"line {number}" for number in range(lines)])
    assert (
        len(split) == pages
        and {page[0] for page in split} == {"line 0"}
        and all(len(page) <= LINES_PER_PAGE for page in split)
    )
