import dataclasses
import json

from kept_sessions import P1, P2, P10, RECORDING, at, record_of, whole_hour
from outside import NUMBERED

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.session_record import GapKind, SessionGap
from balint_desktop.domain.session.state import OnScreen
from balint_desktop.domain.values import SessionKind
from balint_desktop.reports.sessions import to_json


def test_a_session_that_never_began_has_no_times():
    record = record_of()

    assert record.began_wall is None
    assert record.recording is None
    assert all(phase.from_s is None and phase.until_s is None for phase in record.phases)


def test_planned_and_actual_times_of_each_phase():
    record = record_of(*whole_hour())

    call = record.phases[1]
    assert (call.planned_from_s, call.planned_until_s) == (180, 300)
    assert (call.from_s, call.until_s) == (180, 360)
    assert [p.from_s for p in record.phases] == [0, 180, 360, 720, 1020, 2730, 3300]
    assert record.phases[-1].until_s == record.ended_s == 3630


def test_a_phase_still_running_has_no_end():
    record = record_of(f.Began(at=at(0)), f.StepTaken(at=at(3), phase=1))

    assert (record.phases[1].from_s, record.phases[1].until_s) == (180, None)
    assert record.phases[2].from_s is None


def test_everyone_who_was_there_by_number_and_who_presented():
    record = record_of(*whole_hour())

    assert record.present == (P1, P2, P10)
    assert record.presenters == ((1, P2),)
    assert record.cases == 1


def test_gaps_are_unrecorded_time_and_time_when_the_app_was_away():
    record = record_of(*whole_hour())

    assert record.gaps == (
        SessionGap(GapKind.NOT_RECORDED, 1198, 1260),
        SessionGap(GapKind.APP_AWAY, 1685, 1800),
    )


def test_the_recording_is_shown_from_its_first_second_to_its_last():
    recorded = record_of(*whole_hour()).recording

    assert recorded.id == RECORDING
    assert recorded.seconds == 3600
    assert recorded.off_record_s == 120
    assert recorded.redacted_s == 60


def test_redacted_time_counts_each_second_once_and_only_where_recorded():
    record = record_of(
        f.Began(at=at(0)),
        f.RecordingStarted(at=at(1), recording=RECORDING, part=1),
        f.Redacted(at=at(1.5), seconds=60),
        f.Redacted(at=at(2), seconds=60),
        f.RecordingStopped(at=at(10)),
    )

    assert record.recording.redacted_s == 60


def test_moved_marks_and_an_earlier_start_are_reported():
    record = record_of(
        f.Began(at=at(0)), f.BeganEarlier(at=at(1), seconds=240), f.Extended(at=at(2), seconds=300), f.Ended(at=at(56))
    )

    assert record.began_wall == at(0).wall - 240
    assert record.end_moved_to_s == 3900
    assert record.ended_s == 3600


def test_times_of_pauses_and_marks_are_not_stored():
    kept = json.dumps(dataclasses.asdict(record_of(*whole_hour())))

    for moment_s in (7 * 60, 8 * 60, 10 * 60, 18 * 60):
        assert f" {float(moment_s)}" not in kept
    assert "name-to-remove" not in kept


def test_json_holds_the_whole_record_except_the_text_of_the_format():
    debrief = Debrief("We sat with it.")
    content = json.loads(to_json([record_of(*whole_hour(), prompts_shown=7, debrief=debrief)], NUMBERED))

    session = content["sessions"][0]
    assert session["began"] == "2026-03-04T05:06:07Z"
    assert session["present"] == ["R90", "R98", "R99"]
    assert session["prompts_shown"] == 7
    assert session["debrief"]["process_note"] == "We sat with it."
    assert "format_text" not in session["setting"]


def test_each_prompt_deck_that_was_on_screen_is_in_the_record_once():
    decks = [("Balint 1", False), ("Balint 1", True), ("Balint 1", False)]
    shown = [f.PromptsOn(at=at(n), deck=deck, themes=themes) for n, (deck, themes) in enumerate(decks, 1)]

    assert record_of(f.Began(at=at(0)), *shown).prompts == tuple(OnScreen(*one) for one in decks[:2])


def test_each_field_that_can_be_corrected_has_its_present_value():
    record = record_of(*whole_hour(), debrief=Debrief("We sat with it."))

    assert record.current_values == {
        Field.NUMBER: 3,
        Field.KIND: SessionKind.CASE,
        Field.BEGAN: at(0).wall,
        Field.LASTED: 60.5 * 60,
        Field.PRESENT: (P1, P2, P10),
        Field.PRESENTERS: {1: P2},
        Field.ONLINE: False,
        Field.PROCESS_NOTE: "We sat with it.",
    }
    assert set(record.current_values) == set(Field)
