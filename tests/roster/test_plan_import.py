"""Rosters from other programs: whatever a spreadsheet saves is read or refused, and every invalid row is named."""

from __future__ import annotations

import contextlib
import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.roster import read_table
from balint_desktop.roster.export import file_name, roster_csv
from balint_desktop.roster.plan_import import (
    RefusalReason,
    RowOutcome,
    SkipReason,
    people_in,
    people_pasted,
    plan,
    read_people,
)
from balint_desktop.roster.read_table import MAX_BYTES, MAX_ROWS, parse_table
from tests import roster_files

T = TroubleCode
P = participant_code
GROUP = Group(GroupId("g"), "Block B", participants=new_participants(3))
PEOPLE = "name;code;e-mail\nZoë Example;P1;zoe@example.org\nNæm Two;;\n"


def found_in(text, encoding="utf-8"):
    return people_in(parse_table(text.encode(encoding) if isinstance(text, str) else text, "list.csv"), "list.csv")


def refused(data, name="list.csv"):
    with pytest.raises(Trouble) as caught:
        people_in(parse_table(data.encode() if isinstance(data, str) else data, name), name)
    return caught.value


def names(found):
    return [(row.line, row.name, row.code) for row in found.rows]


def whys(thing):
    return [(problem.line, problem.why, problem.message) for problem in thing.problems]


def skips(found):
    return [(row.line, row.why, row.earlier) for row in found.skipped]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data, name, content):
    """Return a workbook with the content of one member replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            after.writestr(member, content if member == name else before.read(member))
        if name not in before.namelist():
            after.writestr(name, content)
    return out.getvalue()


# --- text, however it was saved ---


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_usual_separator_and_line_ending_is_read(separator, end):
    text = PEOPLE.replace(";", separator).replace("\n", end)

    assert names(found_in(text)) == [(2, "Zoë Example", "P1"), (3, "Næm Two", None)]


@pytest.mark.parametrize(
    ("encoding", "expected", "guessed"),
    [
        ("utf-8", "UTF-8", False),
        ("utf-8-sig", "UTF-8", False),
        ("utf-16", "UTF-16", False),
        ("utf-16-le", "UTF-16", True),
        ("utf-16-be", "UTF-16", True),
        ("cp1252", "Windows-1252", True),
        ("latin-1", "Windows-1252", True),
    ],
)
def test_any_usual_encoding_is_read_and_a_guess_is_reported(encoding, expected, guessed):
    found = found_in(PEOPLE, encoding)

    assert names(found)[0] == (2, "Zoë Example", "P1")
    assert (found.encoding, found.guessed) == (expected, guessed)


@pytest.mark.parametrize("data", [b"name\nZo\x81e\n", b"name\nZ\x00\x01\x02\n", b"\xff\xfename\n", bytes(range(256))])
def test_bytes_that_are_not_text_are_refused(data):
    assert refused(data).code is T.ROSTER_FILE_ENCODING


def test_excels_separator_line_is_skipped():
    assert names(found_in("sep=;\n" + PEOPLE)) == [(3, "Zoë Example", "P1"), (4, "Næm Two", None)]


def test_quoted_line_breaks_and_separators_belong_to_the_cell_and_lines_count_correctly():
    found = found_in('name,contact\n"One, A, B","first\nsecond"\n,nobody\n')

    assert names(found) == [(2, "One, A, B", None)]
    assert found.rows[0].contact == "first second"
    assert skips(found) == [(4, SkipReason.NO_NAME, None)]


@pytest.mark.parametrize("data", [b"", b"  \r\n\r\n", b"\xef\xbb\xbf", b"name\n", b",,,\n;;\n"])
def test_an_empty_file_is_refused(data):
    assert refused(data).code in {T.ROSTER_FILE_EMPTY, T.ROSTER_COLUMNS}


def test_a_missing_name_column_is_reported_without_a_word_of_the_file():
    trouble = refused("Ada Mori,Room 3,7:30\nChi Ngata,Room 4,8:00\n")

    assert trouble.code is T.ROSTER_COLUMNS
    assert trouble.details == {"name": "list.csv"}


@pytest.mark.parametrize("head", ["Name", "FULL NAME", "Participant name", " Student ", "full_name"])
def test_the_name_column_is_found_under_any_usual_heading(head):
    assert names(found_in(f"{head}\nOne\n")) == [(2, "One", None)]


def test_a_name_in_two_columns_is_joined():
    assert names(found_in("Surname,First name\nExample,Zoë\n")) == [(2, "Zoë Example", None)]


@pytest.mark.parametrize(("typed", "code"), [("P3", "P3"), ("p3", "P3"), ("P03", "P3"), (" 3 ", "P3"), ("", None)])
def test_a_code_is_read_as_people_write_it(typed, code):
    assert names(found_in(f"name,code\nOne,{typed}\n")) == [(2, "One", code)]


@pytest.mark.parametrize("typed", ["P0", "P100", "X3", "-1", "P3P", "0", "²"])
def test_an_invalid_code_is_reported_with_its_line_and_is_not_repeated(typed):
    assert whys(found_in(f"name,code\nOne,P1\nTwo,{typed}\n")) == [(3, RefusalReason.NOT_A_CODE, "")]


def test_duplicate_codes_and_names_are_reported_with_the_earlier_line():
    found = found_in("name,code\nOne,P1\nTwo,P1\n ONE ,P4\nThree,\n")

    assert whys(found) == [(3, RefusalReason.CODE_TWICE, "2"), (4, RefusalReason.NAME_TWICE, "2")]


def test_a_formula_is_read_as_text_and_its_line_is_reported():
    found = found_in('name,contact\n"=HYPERLINK(""http://x"")",+64 21 000\nTwo,two\n')

    assert names(found)[0][1] == '=HYPERLINK("http://x")'
    assert found.formulas == (2,)


def test_an_endless_cell_is_reported_as_too_long():
    found = found_in("name\n" + "x" * 400_000 + "\nTwo\n")

    assert whys(found) == [(2, RefusalReason.TOO_LONG, "")]
    assert names(found) == [(3, "Two", None)]


def test_a_million_rows_are_refused_before_they_are_read():
    assert refused(b"name\n" + b"Somebody\n" * 1_000_000).code is T.ROSTER_FILE_LARGE


def test_too_many_rows_are_refused_with_the_limit():
    trouble = refused("name\n" + "Somebody\n" * (MAX_ROWS + 1))

    assert (trouble.code, trouble.details["most"]) == (T.ROSTER_FILE_LONG, MAX_ROWS)


def test_endless_empty_rows_are_refused_too():
    assert refused("name\n" + "\n" * 1_900_000).code is T.ROSTER_FILE_LONG


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(Trouble):
        people_in(parse_table(data, "list.csv"), "list.csv")


# --- workbooks ---


def test_a_workbook_is_read_row_by_row_with_numbers_as_displayed():
    found = people_in(
        parse_table(workbook(("Name", "Code", "Phone"), ("Zoë", 2, 21000), (None,), ("Two", "P3")), "a"), "a"
    )

    assert names(found) == [(2, "Zoë", "P2"), (4, "Two", "P3")]
    assert found.rows[0].contact == "21000"


def test_a_formula_in_a_workbook_is_not_evaluated_but_reported_as_text():
    found = people_in(parse_table(workbook(("name",), ("=1+1",), ("Two",)), "a"), "a")

    assert names(found) == [(2, "=1+1", None), (3, "Two", None)]
    assert found.formulas == (2,)


def test_a_formulas_value_is_the_one_stored_in_the_workbook():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>B2&amp;C2</f><v>Zoe Example</v></c></row></sheetData></worksheet>'
    )
    data = repacked(workbook(("name",)), "xl/worksheets/sheet1.xml", sheet)

    assert names(people_in(parse_table(data, "a"), "a")) == [(2, "Zoe Example", None)]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_unpacking(monkeypatch):
    bomb = repacked(workbook(("name",), ("One",)), "xl/sharedStrings.xml", b"<sst>" + b" " * 60_000_000 + b"</sst>")
    assert len(bomb) < MAX_BYTES
    monkeypatch.setattr(openpyxl, "load_workbook", None)

    assert refused(bomb).code is T.ROSTER_FILE_LARGE


def test_a_workbook_of_a_million_rows_is_refused_without_reading_all():
    cells = b"".join(b'<row r="%d"><c t="inlineStr"><is><t>x</t></is></c></row>' % n for n in range(1, 200_000))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s' % cells
    data = repacked(workbook(("name",)), "xl/worksheets/sheet1.xml", sheet + b"</sheetData></worksheet>")

    assert refused(data).code is T.ROSTER_FILE_LONG


def test_a_distant_row_is_read_without_reading_the_rows_in_between():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )
    data = repacked(workbook(("name",)), "xl/worksheets/sheet1.xml", sheet)

    assert refused(data).code is T.ROSTER_FILE_LONG


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(codec):
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><workbook/>'.encode(codec)

    assert refused(repacked(workbook(("name",)), "xl/workbook.xml", evil)).code is T.ROSTER_FILE_DAMAGED


def test_external_links_are_not_followed():
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook/></externalLink>'
    data = repacked(workbook(("name",), ("One",)), "xl/externalLinks/externalLink1.xml", link)

    assert names(people_in(parse_table(data, "a"), "a")) == [(2, "One", None)]


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_refused(name):
    assert refused(repacked(workbook(("name",), ("One",)), name, b"<oops")).code is T.ROSTER_FILE_DAMAGED


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0old", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), b"{\\rtf1 name}"])
def test_another_kind_of_file_is_reported(data):
    assert refused(data).code is T.ROSTER_FILE_KIND


def test_a_zip_that_is_no_workbook_is_reported():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.xml", "<a/>")

    assert refused(out.getvalue()).code is T.ROSTER_FILE_KIND


def test_a_truncated_workbook_is_reported():
    assert refused(workbook(("name",), ("One",))[:-40]).code is T.ROSTER_FILE_DAMAGED


def test_a_missing_file_or_a_folder_is_reported(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(Trouble) as caught:
            read_people(path)
        assert caught.value.code is T.ROSTER_FILE_MISSING


def test_a_file_too_large_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "large.csv"
    path.write_bytes(b"name\n" + b"x\n" * MAX_BYTES)
    monkeypatch.setattr(read_table, "parse_table", None)

    with pytest.raises(Trouble) as caught:
        read_people(path)
    assert caught.value.code is T.ROSTER_FILE_LARGE


# --- files as other programs and people save them ---


def names_in(data, name):
    return [row.name for row in people_in(parse_table(data, name), name).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", roster_files.READ)
def test_whoever_is_in_a_list_is_read_and_nobody_else(name, encoding):
    text, expected = roster_files.READ[name]

    found = people_in(parse_table(text.encode(encoding), name), name)

    assert [row.name for row in found.rows] == expected
    assert found.problems == ()


@pytest.mark.parametrize("name", roster_files.WORKBOOKS)
def test_whoever_is_seen_in_a_workbook_is_read_and_nobody_else(name):
    make, expected = roster_files.WORKBOOKS[name]

    assert names_in(make(), name) == expected


@pytest.mark.parametrize("name", roster_files.REFUSED)
def test_what_is_no_list_of_people_is_refused_without_a_name(name):
    text, code = roster_files.REFUSED[name]

    trouble = refused(text, name)

    assert trouble.code == code
    assert "Ada" not in str(trouble.details)


def test_the_line_of_a_quotation_mark_that_is_never_closed_is_said():
    text, _code = roster_files.REFUSED["unclosed-quote.csv"]

    assert refused(text, "list.csv").details == {"name": "list.csv", "line": 2}


def test_a_cell_that_swallowed_the_lines_below_is_no_person():
    found = found_in('Name,Email\n"Ada Mori,ada@example.org\nChi Ngata,"chi@example.org"\nBéla Őszi,b@example.org\n')

    assert whys(found) == [(2, RefusalReason.OPEN_QUOTE, "")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one-row-twice.csv", [(4, SkipReason.REPEATS, 2)]),
        ("one-row-twice-otherwise-typed.csv", [(3, SkipReason.REPEATS, 2), (4, SkipReason.REPEATS, 2)]),
        ("title-above.csv", [(1, SkipReason.TITLE, None)]),
        ("one-name-a-line-with-title.txt", [(1, SkipReason.TITLE, None)]),
        ("canvas.csv", [(2, SkipReason.NOT_A_PERSON, None), (5, SkipReason.NOT_A_PERSON, None)]),
    ],
)
def test_each_line_left_out_is_reported_with_its_reason(name, expected):
    assert skips(found_in(roster_files.READ[name][0])) == expected


def test_a_row_that_a_filter_hides_is_left_out_and_reported():
    assert skips(people_in(parse_table(roster_files.filtered(), "a"), "a")) == [(3, SkipReason.HIDDEN, None)]


def test_the_same_name_with_another_address_may_be_another_person_and_is_asked_about():
    found = found_in("name,email\nAda Mori,one@example.org\nAda Mori,two@example.org\n")

    assert whys(found) == [(3, RefusalReason.NAME_TWICE, "2")]


def test_the_numbers_of_another_system_are_left_alone_and_that_is_said():
    found = found_in(roster_files.CANVAS)

    assert [row.code for row in found.rows] == [None, None]
    assert found.other_ids
    assert found.surname_first


def test_an_id_column_of_codes_gives_the_codes():
    assert names(found_in("ID,Name\nP2,One\np3,Two\n")) == [(2, "One", "P2"), (3, "Two", "P3")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Mori\nChi Ngata", ["Ada Mori", "Chi Ngata"]),
        ("Ada Mori; Chi Ngata", ["Ada Mori", "Chi Ngata"]),
        ("Ada Mori, Chi Ngata, Béla Őszi", ["Ada Mori", "Chi Ngata", "Béla Őszi"]),
        ("Ada Mori <ada@example.org>; Chi Ngata <chi@example.org>", ["Ada Mori", "Chi Ngata"]),
        ("Name\tEmail\nAda Mori\tada@example.org", ["Ada Mori"]),
        ("Ada Mori", ["Ada Mori"]),
        ("• Ada Mori\n• Chi Ngata\n", ["Ada Mori", "Chi Ngata"]),
    ],
)
def test_pasted_names_are_read_a_line_each_or_all_in_one(text, expected):
    assert [row.name for row in people_pasted(text, "pasted").rows] == expected


def test_a_pasted_address_becomes_the_contact():
    (ada,) = people_pasted("Ada Mori <ada@example.org>", "pasted").rows

    assert ada.contact == "ada@example.org"


# --- the plan of an import ---


def steps(text, group=GROUP, roster=None, *, fill=False):
    made = plan(found_in(text), group, roster or Roster(), fill=fill)
    return [(step.outcome, step.person.code, step.person.name) for step in made.steps], whys(made)


def test_a_known_code_gets_the_name_and_an_unknown_one_joins():
    assert steps("name,code\nOne,P2\nTwo,P7\n") == (
        [(RowOutcome.GETS_NAME, "P2", "One"), (RowOutcome.JOINS, "P7", "Two")],
        [],
    )


def test_rows_without_a_code_join_under_codes_never_used_before():
    group = replace(
        GROUP, participants=(*GROUP.participants[:2], replace(GROUP.participants[2], left=date(2026, 3, 4)))
    )

    assert steps("name,code\nOne,\nTwo,P5\nThree,\n", group)[0] == [
        (RowOutcome.JOINS, "P4", "One"),
        (RowOutcome.JOINS, "P5", "Two"),
        (RowOutcome.JOINS, "P6", "Three"),
    ]


def test_rows_without_a_code_can_take_codes_that_have_no_name():
    roster = Roster((Person(P(1), "Known"),))
    group = replace(
        GROUP, participants=(*GROUP.participants[:2], replace(GROUP.participants[2], left=date(2026, 3, 4)))
    )

    assert steps("name\nOne\nTwo\n", group, roster, fill=True)[0] == [
        (RowOutcome.GETS_NAME, "P2", "One"),
        (RowOutcome.JOINS, "P4", "Two"),
    ]


def test_known_people_are_left_unchanged_and_no_name_is_replaced():
    roster = Roster((Person(P(1), "Zoë Example"), Person(P(2), "Somebody")))
    done, problems = steps("name,code\nzoë example,\nOther,P2\nSOMEBODY,P3\n", roster=roster)

    assert done == [(RowOutcome.IS_KNOWN, "P1", "Zoë Example")]
    assert problems == [(3, RefusalReason.CODE_TAKEN, "P2"), (4, RefusalReason.NAME_KNOWN, "P2")]


def test_more_people_than_codes_is_reported():
    text = "name\n" + "".join(f"Person {number}\n" for number in range(100))

    assert steps(text)[1] == [(line, RefusalReason.NO_CODE_LEFT, "") for line in range(98, 102)]


def test_while_a_row_is_invalid_nothing_can_be_imported():
    made = plan(found_in("name,code\nOne,P1\nTwo,P1\n"), GROUP, Roster(), fill=False)

    assert [step.person.name for step in made.steps] == ["One"]
    assert not made.is_possible


@given(st.lists(st.tuples(st.sampled_from(["", "P1", "P2", "P5", "P9"]), st.sampled_from("abcdef")), max_size=8))
def test_whatever_is_imported_each_code_is_assigned_once_and_no_name_is_lost(rows):
    text = "code,name\n" + "".join(f"{code},Person {name}\n" for code, name in [("", "z"), *rows])
    roster = Roster((Person(P(2), "Person b"),))
    for fill in (False, True):
        made = plan(found_in(text), GROUP, roster, fill=fill)
        codes = [person.code for person in made.named_rows]
        assert len(codes) == len(set(codes))
        assert P(2) not in codes
        assert len(made.steps) + len(made.problems) + len(found_in(text).skipped) == len(rows) + 1


# --- and out again ---


def test_an_export_holds_names_only_by_code_and_its_file_name_says_so():
    group = replace(GROUP, name="Psychiatrie, Block Ä/2", participants=new_participants(2))
    roster = Roster((Person(P(2), "=Zoë", "+64 21", ("Zo", "'-o"), ("Zoey",)),))

    assert roster_csv(group, roster).decode("utf-8-sig").split("\r\n") == [
        "code,name,contact,short names,heard as,joined,left",
        "P1,,,,,,",
        "P2,'=Zoë,'+64 21,Zo; '-o,Zoey,,",
        "",
    ]
    assert file_name(group) == "balint-psychiatrie-block-a-2-roster-with-names.csv"
    assert file_name(replace(group, name="…")) == "balint-group-roster-with-names.csv"


def test_an_export_can_be_imported_unchanged():
    group = replace(GROUP, participants=new_participants(2))
    roster = Roster(
        (
            Person(P(1), "Zoë, Example", "zoe@example.org", ("Zo", "Z. E."), ("Zoey", "so we")),
            Person(P(2), "=Two", "+64 21", ("=2", "Tu"), ("-to",)),
        )
    )
    found = people_in(parse_table(roster_csv(group, roster), "a"), "a")

    assert plan(found, group, Roster(), fill=False).named_rows == roster.people


# --- short names ---


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        (head, cell)
        for head in ("short names", "Short name", "Nickname(s)", "Preferred name", "known as", "Rufname", "Spitzname")
        for cell in ("Addie; A. M.", '"Addie, A. M."', "Ada; Addie; ada mori; A. M.; addie")
    ],
)
def test_what_people_are_called_beside_their_full_name_becomes_their_short_names(head, cell):
    (row,) = found_in(f"name,{head}\nAda Mori,{cell}\n").rows

    assert (row.name, row.short_names) == ("Ada Mori", ("Addie", "A. M."))


@pytest.mark.parametrize("head", ["heard as", "Heard-as", "Sounds like", "Gehört als", "wird gehoert als"])
def test_how_an_engine_writes_a_name_is_read_from_its_own_column(head):
    (row,) = found_in(f"name;{head}\nSiobhán Walsh;Shivon, Chevonne\n").rows

    assert (row.name, row.short_names, row.heard_as) == ("Siobhán Walsh", (), ("Shivon", "Chevonne"))


def test_several_columns_of_short_names_are_one_list_and_a_preferred_name_without_a_full_one_stays_the_name():
    (row,) = found_in("Given name,Surname,Preferred name,Nickname\nAda,Mori,Addie,Didi\n").rows
    (other,) = found_in("Surname,Preferred name,Nickname\nMori,Addie,Didi\n").rows

    assert (row.name, row.short_names) == ("Ada Mori", ("Addie", "Didi"))
    assert (other.name, other.short_names) == ("Addie Mori", ("Didi",))


def test_a_row_with_more_short_names_than_an_earlier_one_counts_in_its_place():
    found = found_in("name,short names\nAda Mori,\nAda Mori,Addie\nAda Mori,\n")

    assert [(row.line, row.short_names) for row in found.rows] == [(2, ("Addie",))]
    assert skips(found) == [(3, SkipReason.REPEATS, 2), (4, SkipReason.REPEATS, 2)]


def test_short_names_are_added_to_those_of_a_known_person_and_none_is_lost():
    known = Person(P(1), "Zoë Example", "zoe@example.org", ("Zo",), ("Zoey",))
    made = plan(
        found_in("name,short names,heard as,contact\nzoë example,zo; Z,So we,other@example.org\n"),
        GROUP,
        Roster((known,)),
        fill=False,
    )

    assert [(step.outcome, step.person) for step in made.steps] == [
        (RowOutcome.GETS_SHORT_NAMES, replace(known, short_names=("Zo", "Z"), heard_as=("Zoey", "So we")))
    ]
    assert made.is_possible
    assert made.joining == ()


def test_a_row_that_adds_no_short_name_leaves_a_known_person_as_known():
    known = Person(P(1), "Zoë Example", "", ("Zo",))
    made = plan(found_in("name,nickname\nZoë Example,ZO\n"), GROUP, Roster((known,)), fill=False)

    assert [step.outcome for step in made.steps] == [RowOutcome.IS_KNOWN]
