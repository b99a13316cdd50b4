"""The log stores counts and loose lines of a written part: no sheet, no time, no order, no person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from domain_values import no_counts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balint_desktop.domain.evaluation.scores import BareScore, Occasion
from balint_desktop.domain.evaluation.written_part import FLOOR, Sheet, add_sheet, shown_counts
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.evaluation import Entered

TEXT = (Path(__file__).parents[2] / "vectors/questionnaires/written-part-1.toml").read_text(encoding="utf-8")
GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))
DAY = date(2026, 3, 4)
SHEETS = [
    Sheet((5, 4, 3, 2, 1, 5), ("more time for the ending", "")),
    Sheet((4, 4, 4, None, 5, 5), ("", "nobody asked about the nights")),
    Sheet((5, 5, 2, 3, 4, 1), ("keep it weekly", "the corridor talk")),
]


@pytest.fixture
def part(log):
    log.groups.save_group(GROUP)
    return log.evaluation.open_part(GROUP.id, DAY, TEXT, FLOOR)


def dump(log):
    """Return every row of every table except the questionnaire's own text, as sorted plain values."""
    database = log._database
    tables = [name for (name,) in database.run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: sorted(map(repr, database.run(f"SELECT * FROM {name}"))) for name in tables}


def test_counts_are_stored_but_no_sheet(log, part):
    expected = no_counts(6)
    for sheet in SHEETS:
        log.evaluation.add_sheet(part, sheet)
        expected = add_sheet(expected, sheet)
    assert log.evaluation.part(part).counts == expected
    assert set(log.evaluation.lines(part, 1)) == {"more time for the ending", "keep it weekly"}
    assert set(log.evaluation.lines(part, 2)) == {"nobody asked about the nights", "the corridor talk"}


def test_the_log_is_the_same_in_whatever_order_people_answered(log, part):
    """Except for the lines' ids, which are random, two orders give one log: not a row differs."""

    def left_by(sheets):
        entered = [log.evaluation.add_sheet(part, sheet) for sheet in sheets]
        found = dump(log)
        found["written_lines"] = sorted(words.split(", ", 1)[1] for words in found["written_lines"])
        for one in entered:
            log.evaluation.undo_sheet(part, one)
        return found

    assert left_by(SHEETS) == left_by(SHEETS[::-1])


def test_a_sheet_adds_no_row_but_its_lines_and_no_time_anywhere(log, part):
    before = dump(log)
    log.evaluation.add_sheet(part, Sheet((5, 5, 5, 5, 5, 5)))
    after = dump(log)
    assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"written_parts", "written_counts"}


def test_the_tables_have_no_row_numbers_that_would_reveal_an_order(log, part):
    for table in ("written_parts", "written_counts", "written_lines", "bare_scores"):
        with pytest.raises(Exception, match="rowid"):
            log._database.run(f"SELECT rowid FROM {table}")


def test_the_write_ahead_log_does_not_retain_intermediate_counts(log, part, vault):
    log.evaluation.add_sheet(part, SHEETS[0])
    ahead = vault.places.log.with_name(f"{vault.places.log.name}-wal")
    assert not ahead.exists() or ahead.stat().st_size == 0


def test_a_counted_sheet_is_never_reported_as_lost(log, part, monkeypatch):
    """A false report would lead to a second count of the same sheet."""
    real = log._database.run

    def no_checkpoint(sql, values=()):
        if "wal_checkpoint" in sql:
            raise Trouble(TroubleCode.DISK_FULL)
        return real(sql, values)

    monkeypatch.setattr(log._database, "run", no_checkpoint)
    log.evaluation.add_sheet(part, SHEETS[0])
    assert log.evaluation.part(part).counts.sheets == 1


def test_a_sheet_that_was_never_counted_cannot_be_undone(log, part):
    log.evaluation.add_sheet(part, SHEETS[0])
    before = dump(log)
    with pytest.raises(ValueError, match="never counted"):
        log.evaluation.undo_sheet(part, Entered(Sheet((1,) * 6), ()))
    assert dump(log) == before


def test_lines_are_in_an_order_that_reveals_nothing(log, part):
    """Thirty lines, one after the other: they are read back in neither that order nor its reverse."""
    said = [f"line {number:02d}" for number in range(30)]
    for words in said:
        log.evaluation.add_sheet(part, Sheet((None,) * 6, (words, "")))
    found = list(log.evaluation.lines(part, 1))
    assert sorted(found) == said
    assert found not in (said, said[::-1])


def test_a_blank_sheet_is_not_counted(log, part):
    assert log.evaluation.add_sheet(part, Sheet((None,) * 6, ("", " "))) is None
    assert log.evaluation.part(part).counts.sheets == 0


def test_a_mistaken_sheet_is_undone_completely(log, part):
    log.evaluation.add_sheet(part, SHEETS[0])
    before = dump(log)
    slip = log.evaluation.add_sheet(part, SHEETS[1])
    log.evaluation.undo_sheet(part, slip)
    assert dump(log) == before


def test_a_sheet_is_counted_completely_or_not_at_all(log, part, monkeypatch):
    before = dump(log)
    real = log._database.run

    def full_at_the_line(sql, values=()):
        if sql.startswith("INSERT INTO written_lines"):
            raise Trouble(TroubleCode.DISK_FULL)
        return real(sql, values)

    monkeypatch.setattr(log._database, "run", full_at_the_line)
    with pytest.raises(Trouble):
        log.evaluation.add_sheet(part, SHEETS[0])
    monkeypatch.undo()
    assert dump(log) == before


def test_after_closing_nothing_can_be_added_or_removed(log, part):
    entered = [log.evaluation.add_sheet(part, sheet) for sheet in SHEETS]
    log.evaluation.close_part(part)
    before = dump(log)
    for act in (
        lambda: log.evaluation.add_sheet(part, SHEETS[0]),
        lambda: log.evaluation.undo_sheet(part, entered[0]),
        lambda: log.evaluation.close_part(part),
    ):
        with pytest.raises(Trouble) as raised:
            act()
        assert raised.value.code is TroubleCode.WRITTEN_PART_CLOSED
    assert dump(log) == before


def test_the_threshold_is_never_below_the_floor(log, part):
    assert log.evaluation.part(log.evaluation.open_part(GROUP.id, DAY, TEXT, 2)).least == FLOOR


def test_the_audit_trail_records_beginning_and_closing_and_no_sheet(log, part):
    for sheet in SHEETS:
        log.evaluation.add_sheet(part, sheet)
    log.evaluation.close_part(part)
    acts = [row.act for row in log.audit.rows()]
    assert acts.count(AuditAct.WRITTEN_PART_OPENED) == acts.count(AuditAct.WRITTEN_PART_CLOSED) == 1
    assert acts[-1] == AuditAct.WRITTEN_PART_CLOSED
    assert log.audit.broken_at() is None
    assert not any("ending" in row.details for row in log.audit.rows())


def test_an_invalid_questionnaire_begins_nothing(log):
    log.groups.save_group(GROUP)
    with pytest.raises(FormatError):
        log.evaluation.open_part(GROUP.id, DAY, "key = 1", FLOOR)
    assert log.evaluation.parts(GROUP.id) == ()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.none() | st.integers(1, 5), min_size=6, max_size=6), min_size=1, max_size=8))
def test_the_counts_in_the_log_equal_the_sum_of_the_sheets(log, rows):
    log.groups.save_group(GROUP)
    part = log.evaluation.open_part(GROUP.id, DAY, TEXT, FLOOR)
    expected = no_counts(6)
    for row in rows:
        sheet = Sheet(tuple(row))
        log.evaluation.add_sheet(part, sheet)
        expected = expected if sheet.is_blank else add_sheet(expected, sheet)
    log.evaluation.close_part(part)
    kept = log.evaluation.part(part)
    assert kept.counts == expected
    assert shown_counts(kept.counts, closed=kept.closed, least=kept.least) == shown_counts(expected, closed=True)


def test_scores_are_stored_by_code_and_the_trail_names_no_instrument(log):
    log.groups.save_group(Group(GROUP.id, GROUP.name, participants=new_participants(10)))
    cells = [(participant_code(n), Purpose.ANALYSIS) for n in (2, 10)]
    log.consents.enter(GROUP.id, cells, Answer.GIVEN, ConsentCollection(log.consents.today()))
    before = BareScore(participant_code(10), "A scale of ours", Occasion.BEFORE, 40.0)
    after = BareScore(participant_code(2), "A scale of ours", Occasion.AFTER, 44.5)
    for score in (before, after, BareScore(before.code, before.instrument, before.occasion, 41.0)):
        log.evaluation.save_score(GROUP.id, score)
    assert [(s.code, s.score) for s in log.evaluation.scores(GROUP.id)] == [("P2", 44.5), ("P10", 41.0)]
    log.evaluation.delete_score(GROUP.id, after)
    assert [s.code for s in log.evaluation.scores(GROUP.id)] == ["P10"]
    assert not any("scale" in row.details for row in log.audit.rows())


def test_a_part_that_is_not_there_is_neither_closed_nor_counted_in(log, part):
    entered = log.evaluation.add_sheet(part, SHEETS[0])
    before = dump(log)

    for act in (lambda: log.evaluation.close_part("none"), lambda: log.evaluation.undo_sheet("none", entered)):
        with pytest.raises(KeyError, match="none"):
            act()
    assert dump(log) == before
