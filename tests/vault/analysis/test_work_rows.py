"""What a save writes: the rows that differ, whatever was done, and the order of all as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings, Edge
from balint_desktop.domain.analysis.history import CoderWork, WorkHistory
from balint_desktop.vault.analysis.study_database import create_study_database
from balint_desktop.vault.analysis.work_rows import WorkRows

KEY = (1, "me")
MANY = 4_800


def coding(number, **changed):
    one = Coding(f"g{number}", "text", 10 * number, 10 * number + 5, f"c{number % 3}", float(number))
    return replace(one, **changed)


@pytest.fixture
def database(tmp_path):
    made = create_study_database(tmp_path, "ab" * 32)
    yield made
    made.close()


def book(count=3):
    made = Codebook()
    for number in range(count):
        made = made.with_code(f"c{number}", f"Code {number}")
    return made


def full(count):
    return CoderWork(book(), Codings(tuple(coding(number) for number in range(count))))


def read_again(database):
    return WorkRows(database).work(KEY)


def test_one_coding_among_many_is_one_row(database):
    rows, work = WorkRows(database), full(MANY)
    rows.write(KEY, work)
    more = replace(work, codings=work.codings.given(coding(MANY)))
    before = database.changes

    assert rows.write(KEY, more) == 1
    assert database.changes - before == 1
    assert read_again(database) == more


def steps(work):
    """Return what a coder does to codings, each from the one before."""
    codings = work.codings
    yield "an edge moves", replace(work, codings=codings.with_edge("g7", Edge.END, 73)), 1
    yield "a coding goes", replace(work, codings=codings.without("g7")), 1
    yield "one is split", replace(work, codings=codings.split("g7", 72, "new")), 2
    yield "a memo", replace(work, codings=codings.with_memo("g7", "why")), 1
    yield (
        "a code is renamed",
        replace(work, book=work.book.with_changed(replace(work.book.code("c1"), name="Other"))),
        1,
    )
    yield (
        "a code is retired",
        replace(work, book=work.book.with_changed(replace(work.book.code("c1"), is_retired=True))),
        1,
    )


@pytest.mark.parametrize("name", [name for name, _, _ in steps(full(20))])
def test_a_step_and_its_undo_write_little_and_are_read_as_they_are(database, name):
    rows, work = WorkRows(database), full(20)
    rows.write(KEY, work)
    changed, count = next((one, count) for of, one, count in steps(work) if of == name)
    history = WorkHistory(work).then(changed)

    assert rows.write(KEY, history.now) == count
    assert read_again(database) == changed
    assert rows.write(KEY, history.undone().now) == count
    assert read_again(database) == work


def test_what_fails_leaves_what_was_stored(database):
    rows, work = WorkRows(database), full(5)
    rows.write(KEY, work)
    broken = replace(work, codings=Codings((*work.codings.all, coding(5, begin="not a number"))))
    with pytest.raises(Exception, match=r"datatype|INTEGER"):
        rows.write(KEY, broken)

    assert rows.work(KEY) == work == read_again(database)


def test_coders_and_rounds_do_not_meet(database):
    rows = WorkRows(database)
    rows.write((1, "me"), full(2))
    rows.write((1, "other"), full(3))
    rows.write((2, "me"), full(1))

    assert [len(rows.work(key).codings.all) for key in rows.stored_keys()] == [2, 3, 1]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.lists(st.integers(0, 9), unique=True), min_size=1, max_size=6))
def test_any_orders_one_after_another_are_read_as_they_were_written(database, orders):
    rows = WorkRows(database)
    for order in orders:
        work = CoderWork(book(), Codings(tuple(coding(number) for number in order)))
        rows.write(KEY, work)
        assert read_again(database) == work


@pytest.mark.parametrize("at", [1, 2])
def test_codings_put_between_two_others_again_and_again_find_a_place(database, at):
    rows, work = WorkRows(database), full(3)
    rows.write(KEY, work)
    written = []
    for number in range(3, 90):
        all_ = work.codings.all
        work = replace(work, codings=Codings((*all_[:at], coding(number), *all_[at:])))
        written.append(rows.write(KEY, work))
        assert read_again(database) == work

    # Behind the first there is always room; behind the second numbers end, and all get new ones, but the first.
    assert (max(written) > 1, max(written) < 90) == (at == 2, True)


def test_what_is_saved_a_second_time_is_written_once(database):
    rows, work = WorkRows(database), full(5)
    rows.write(KEY, work)
    before = database.changes

    assert rows.write(KEY, work) == 0
    assert rows.write(KEY, replace(work, codings=Codings(work.codings.all))) == 0
    assert database.changes == before


def test_of_values_that_were_made_anew_those_that_differ_are_written(database):
    """As they come out of a file: the same values, but not the same objects."""
    rows, work = WorkRows(database), full(5)
    rows.write(KEY, work)
    first, second, third, *more = work.codings.all
    anew = replace(work, codings=Codings((replace(first), replace(second, memo="why"), third, *map(replace, more))))

    assert rows.write(KEY, anew) == 1
    assert read_again(database) == anew


def test_a_codes_letter_is_stored_and_stays_after_others_were_merged(database):
    rows, work = WorkRows(database), CoderWork(book())
    rows.write(KEY, work)
    merged = replace(work, book=work.book.merged("c1", "c2"))

    rows.write(KEY, merged)

    assert read_again(database).book.letters() == {"c0": "A", "c2": "C"}


def test_letters_alone_are_written_where_codes_had_none(database):
    rows, lettered = WorkRows(database), CoderWork(book())
    rows.write(KEY, CoderWork(Codebook(tuple(replace(code, letter="") for code in lettered.book.codes))))

    assert rows.write(KEY, lettered) == 3
    assert [code.letter for code in read_again(database).book.codes] == ["A", "B", "C"]
    assert rows.write(KEY, replace(lettered)) == 0
