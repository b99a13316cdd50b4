"""Summary rows of sessions: always current, rebuilt for old logs, and searchable by their words."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP, P1, P2, P10, TEXT, at, whole_hour

from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewState
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.session.entered_afterwards import AfterwardsEntry
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.recordings.service import RecordingService
from balint_desktop.vault.log import migrate
from balint_desktop.vault.log.database import create_database
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.migrations import STEPS
from balint_desktop.vault.log.summaries import SORTED_BY, SessionCounts, SessionQuery

OTHER = GroupId("another-group")
YEAR = 365 * 24 * 60


@pytest.fixture
def log(vault):
    vault.log.groups.save_group(Group(GROUP, "Wednesday group"))
    vault.log.groups.save_group(Group(OTHER, "Évening group"))
    return vault.log


def setting(number=1, group=GROUP, kind=SessionKind.CASE):
    return SessionSetting(group, number, kind, "student-hour", TEXT)


def hold(log, *facts, note="", closed=True, **named):
    session = log.sessions.start(setting(**named))
    for fact in facts or (f.Began(at=at(0), present=(P1, P2)), f.Ended(at=at(60))):
        log.sessions.add_fact(session, fact)
    if closed:
        log.sessions.close(session, Debrief(note))
    log.summaries.refresh()
    return session


def found(log, **wanted):
    ids = log.summaries.ids(SessionQuery(**wanted))
    return [row.session for row in log.summaries.rows(ids)]


def test_a_row_agrees_with_the_record(log, vault):
    session = hold(log, *whole_hour(), number=3)

    row, record = log.summaries.row(session), session_record(RecordingService(vault, None, None).session(session))

    assert (row.group_name, row.number, row.kind) == (record.group, 3, SessionKind.CASE)
    assert (row.began_wall, row.ended_s, row.planned_s) == (record.began_wall, record.ended_s, record.planned_s)
    assert (row.present, row.presenters, row.cases) == (record.present, (P2,), 1)
    assert (row.recorded, row.recorded_s) == ("yes", record.recording.seconds)
    assert row.missing_s == sum(gap.until_s - gap.from_s for gap in record.gaps)


def test_a_session_is_listed_from_its_first_fact(log):
    session = hold(log, f.Began(at=at(0)), closed=False)

    row = log.summaries.row(session)
    assert not row.closed
    assert row.ended_s is None
    assert log.sessions.unfinished().id == session


def test_a_prepared_session_is_not_listed(log):
    log.sessions.start(setting())

    assert found(log) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda log, session: log.sessions.add_fact(session, f.PresenterChosen(at=at(61), case=1, code=P1)),
        lambda log, session: log.corrections.correct(
            session, {Field.PRESENTERS: {1: P1}}, Attribution("M", "why"), seen={Field.PRESENTERS: {}}, revision=2
        ),
    ],
)
def test_any_write_to_a_session_updates_its_row(log, change):
    session = hold(log)
    assert log.summaries.row(session).cases == 0

    change(log, session)
    assert log.summaries.refresh() == 0

    assert log.summaries.row(session).presenters == (P1,)


def test_rebuilding_is_done_in_bounded_steps_and_resumes_where_it_was(log):
    sessions = [hold(log, number=n) for n in range(1, 8)]
    log._database.run("UPDATE summaries SET stale = 1, cases = 99")

    assert log.summaries.refresh(3) == 4
    assert log.summaries.refresh(3) == 1
    assert log.summaries.refresh(3) == 0
    assert {log.summaries.row(session).cases for session in sessions} == {0}


def test_a_log_that_is_only_partly_readable_is_still_listed(log):
    session = log.sessions.start(SessionSetting(GROUP, 1, SessionKind.CASE, "x", "no format at all"))
    log.sessions.add_fact(session, f.Began(at=at(0)))

    assert log.summaries.refresh() == 0
    assert log.summaries.row(session).began_wall == at(0).wall


def test_filters_select_matching_rows_and_count_cases_separately(log):
    first = hold(log, *whole_hour(), number=1)
    second = hold(log, f.Began(at=at(YEAR), present=(P1,)), f.Ended(at=at(YEAR + 50)), number=2, group=OTHER)
    third = hold(log, number=3, kind=SessionKind.EVALUATION)
    entered = log.sessions.enter(AfterwardsEntry(setting(4), at(10).wall, 3600.0, (P1,), {1: P1, 2: P10}), at(99).wall)
    log.summaries.refresh()

    assert found(log) == [second, entered, third, first]
    assert found(log, group=OTHER) == [second]
    assert found(log, year=2027) == [second]
    assert found(log, kind=SessionKind.EVALUATION) == [third]
    assert found(log, recorded=True) == [first]
    assert set(found(log, recorded=False)) == {second, third, entered}
    assert found(log, entered=True) == [entered]
    assert found(log, group=GROUP, presenter=P2) == [first]
    assert found(log, group=GROUP, presenter=P1) == [entered]
    assert log.summaries.counts(SessionQuery()) == SessionCounts(4, 3)
    assert log.summaries.years() == [2027, 2026]


@pytest.mark.parametrize("sort_by", SORTED_BY)
@pytest.mark.parametrize("descending", [True, False])
def test_every_column_sorts_and_empty_values_come_last(log, sort_by, descending):
    hold(log, *whole_hour(), number=1)
    hold(log, number=2, group=OTHER)
    hold(log, f.Began(at=at(-9)), number=10)

    ids = log.summaries.ids(SessionQuery(), sort_by, descending=descending)

    assert len(ids) == 3
    rows = log.summaries.rows(ids)
    if sort_by == "number":
        assert [row.number for row in rows] == ([10, 2, 1] if descending else [1, 2, 10])
    if sort_by == "length":
        assert rows[-1].ended_s is None


def test_a_session_entered_afterwards_counts_and_hides_no_unfinished_one(log, vault):
    open_one = hold(log, f.Began(at=at(0)), number=2, closed=False)

    session = log.sessions.enter(
        AfterwardsEntry(setting(3), at(-500).wall, 2700.0, (P1, P2), {1: P2}, online=True, debrief=Debrief("slow")),
        at(5).wall,
    )

    record = session_record(RecordingService(vault, None, None).session(session))
    assert (record.began_wall, record.ended_s, record.present) == (at(-500).wall, 2700.0, (P1, P2))
    assert (record.presenters, record.online, record.phases) == (((1, P2),), True, ())
    assert record.entered_wall == at(5).wall
    assert not record.time_guessed
    assert log.dates.next_session(GROUP, day_of(at(0).wall)) == (4, None)
    assert log.sessions.unfinished().id == open_one


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("arger", True),
        ("ÄRGER", True),
        ("är still", True),
        ("stille är", True),
        ("fremd", False),
        ('"', True),
        ("NEAR(", False),
        ("-ärger", True),
    ],
)
def test_notes_are_found_by_word_prefixes_ignoring_accents(log, words, finds):
    session = hold(log, note="Lange Stille, dann Ärger über das Ende.")
    hold(log, note="something else", number=2)

    assert (session in found(log, words=words)) is finds


def test_snippets_show_the_matching_words(log):
    session = hold(log, note="It began slowly. " + "Then nothing. " * 12 + "At last anger was named.")

    result = log.notes.snippets([session], "ang")[session]

    assert "At last anger was named." in result
    assert len(result) < 140


def test_a_note_is_found_only_in_its_current_wording(log):
    session = hold(log, note="the first words")
    log.sessions.close(session, Debrief("other words"))

    assert found(log, words="first") == []
    assert found(log, words="other") == [session]


def test_a_review_is_found_as_long_as_it_exists(log):
    session = hold(log)
    review = Review(session, ReviewState.WRITTEN, {Heading.STYLE: "I hurried the ending."})

    log.accreditation.save_review(review)
    assert found(log, words="hurried") == [session]
    log.accreditation.remove_review(session)
    assert found(log, words="hurried") == []


def test_a_log_of_an_earlier_version_gets_its_rows_and_its_search_index(tmp_path, made):
    path, key = tmp_path / "log.db", made.secret.log_key
    database = create_database(path, key)
    for number, step in enumerate(STEPS[:7], start=1):
        with database.together():
            database.run(step)
            database.run(f"PRAGMA user_version = {number}")
    database.run(
        "INSERT INTO sessions (id, number, kind, format_key, format_text, closed, process_note)"
        " VALUES ('s', 2, 'case', 'student-hour', ?, 1, 'a slow start')",
        (TEXT,),
    )
    database.run("INSERT INTO facts VALUES ('s', 1, 'began', 1772600767, 5, 'b', '{\"present\": [\"P1\"]}')")
    database.run("INSERT INTO sessions (id, number, kind, format_key, format_text) VALUES ('t', 3, 'case', 'x', '')")
    database.close()

    log = Log(path, key, SystemClock())
    try:
        # At once what SQL alone can compute; the rest during the rebuild.
        assert [(row.session, row.number, row.closed) for row in log.summaries.rows([1])] == [("s", 2, True)]
        assert log.summaries.row("s").present == ()
        assert log.summaries.refresh() == 0
        assert log.summaries.row("s").present == (P1,)
        assert found(log, words="slo") == ["s"]
        assert log._database.run("PRAGMA user_version") == [(migrate.VERSION,)]
    finally:
        log.close()


def stale(log):
    ((count,),) = log._database.run("SELECT COUNT(*) FROM summaries WHERE stale = 1")
    return count


@pytest.mark.parametrize(
    ("code", "is_raised"),
    [(TroubleCode.DISK_FULL, False), (TroubleCode.DISK_READ_ONLY, False), (TroubleCode.LOG_DAMAGED, True)],
)
def test_a_row_that_the_disk_does_not_take_is_made_later_and_damage_is_reported(log, monkeypatch, code, is_raised):
    hold(log, number=4)
    log._database.run("UPDATE summaries SET stale = 1")

    def refuse(*_arguments):
        raise Trouble(code)

    with monkeypatch.context() as patched:
        patched.setattr(log.summaries, "_make", refuse)
        if is_raised:
            with pytest.raises(Trouble) as raised:
                log.summaries.refresh()
            assert raised.value.code is code
        else:
            assert log.summaries.refresh() == 0
    assert stale(log) == 1
    assert (log.summaries.refresh(), stale(log)) == (0, 0)


def test_a_log_that_can_only_be_read_has_every_row_made_before_it_takes_none_any_more(made, monkeypatch):
    vault = made.open()
    for number in range(60):
        session = vault.log.sessions.start(setting(number + 1, group=None))
        vault.log.sessions.add_fact(session, f.Began(at=at(number)))
    vault.log._database.run("UPDATE summaries SET stale = 1, present = ''")
    vault.close()
    tries = iter((_full, migrate.migrate))

    def tried(*arguments):
        return next(tries)(*arguments)

    monkeypatch.setattr("balint_desktop.vault.log.log.migrate", tried)

    log = Log(made.folder / "log.db", made.secret.log_key, SystemClock())
    assert log.read_only is TroubleCode.DISK_FULL
    assert stale(log) == 0
    with pytest.raises(Trouble) as refused:
        log.set_setting("a", "b")
    assert refused.value.code is TroubleCode.DISK_FULL
    log.close()


def _full(*_arguments):
    raise Trouble(TroubleCode.DISK_FULL)
