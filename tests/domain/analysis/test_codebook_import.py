"""A codebook file into the framework: names, descriptions, colours and nesting, and none doubled."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from balint_desktop.domain.analysis.codebook import COLOURS, NAME_LIMIT, TEXT_LIMIT, Codebook
from balint_desktop.domain.analysis.codebook_import import with_codebook
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.analysis.refi_read import CodebookTooLargeError, ProjectFileError, read_qdc
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc


def guid(number):
    return f"00000000-0000-4000-8000-{number:012}"


CODES = (
    ProjectCode(guid(1), "Feelings", "What is felt", "#E69F00", is_codable=False),
    ProjectCode(guid(2), "Anger & co", "At anybody:\nloud, “I was furious”", "#56b4e9", guid(1)),
    ProjectCode(guid(3), "Guilt", "", "#009e73", guid(2)),
    ProjectCode(guid(4), "Alone", "Without others", "#0072b2"),
)


def imported(codes, framework=None):
    numbers = itertools.count(900)
    return with_codebook(framework or Framework(), codes, lambda: guid(next(numbers)))


def test_names_descriptions_colours_and_nesting_come_along():
    found = imported(CODES)

    assert (found.added, found.known) == (4, 0)
    assert [
        (depth, code.name, code.definition, code.colour, code.is_retired)
        for depth, code in found.framework.book.nested()
    ] == [
        (0, "Feelings", "What is felt", "#E69F00", True),
        (1, "Anger & co", "At anybody:\nloud, “I was furious”", "#56b4e9", False),
        (2, "Guilt", "", "#009e73", False),
        (0, "Alone", "Without others", "#0072b2", False),
    ]


def test_a_name_that_is_there_is_not_doubled_and_what_is_under_it_goes_under_it():
    there = Framework(Codebook().with_code("own", "ANGER & CO"))
    found = imported(CODES, there)

    assert (found.added, found.known) == (3, 1)
    assert found.framework.book.code("own") == there.book.code("own")
    assert found.framework.book.named("Guilt").parent == "own"


def test_the_same_file_twice_changes_nothing():
    once = imported(CODES).framework
    twice = imported(CODES, once)

    assert (twice.framework, twice.added, twice.known) == (once, 0, 4)


def test_what_has_no_name_is_left_out_and_what_is_under_it_moves_up():
    codes = (replace(CODES[0], name="  "), *CODES[1:])

    assert [code.name for _, code in imported(codes).framework.book.nested()] == ["Anger & co", "Guilt", "Alone"]
    assert imported(codes).framework.book.named("Anger & co").parent is None


def test_what_is_too_long_or_no_colour_is_made_to_fit():
    odd = ProjectCode("no guid", "a\n" + "b" * 300, "c" * 9000, "red")
    (code,) = imported((odd, replace(CODES[1], name="x", colour="#fa0", parent=None))[:1]).framework.book.codes

    assert (code.guid, len(code.name), len(code.definition)) == (guid(900), NAME_LIMIT, TEXT_LIMIT)
    assert (code.colour, "\n" in code.name) == (COLOURS[0], False)


def test_a_short_colour_is_written_long():
    (code,) = imported((replace(CODES[3], colour="#fa0"),)).framework.book.codes

    assert code.colour == "#ffaa00"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"<Project/>",
        b"<CodeBook><Codes>",
        b'<!DOCTYPE c [<!ENTITY a "aaaa">]><CodeBook><Codes><Code name="&a;"/></Codes></CodeBook>',
        b"<CodeBook>" + b"<a>" * 200 + b"</a>" * 200 + b"</CodeBook>",
    ],
    ids=["empty", "text", "project", "open", "entity", "deep"],
)
def test_what_is_no_codebook_is_refused(data):
    with pytest.raises(ProjectFileError):
        read_qdc(data)


def test_more_codes_than_anybody_works_with_are_refused():
    many = [ProjectCode(guid(number), f"Code {number}") for number in range(2001)]
    with pytest.raises(CodebookTooLargeError):
        read_qdc(codebook_to_qdc(many, "x"))


def test_a_codebook_without_codes_has_none():
    assert read_qdc(b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>') == ()
