"""Every act on a study, killed before each disk operation and each commit: after a restart it is before it, or after.

Whatever was done by then, the audit trail is chained and agrees with the study's own database, and what came is there.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from dataclasses import replace

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, coding, memo, opened_round, work
from study_worlds import CoderWorld, World, killed_at_each_moment, second_parcel, theirs

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.parcel import read_return
from balint_desktop.domain.analysis.study import ConsensusMeeting, MatterDecision, MatterOutcome, StudyTheme, ThemeWork
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.sealed import keys
from balint_desktop.vault.analysis.study_rows import SaidOf
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.studies import CodingFileKind, ParcelDirection
from balint_desktop.vault.studies import AnalysisStudies

READER = keys.new_identity().recipient
FRAMEWORK = Codebook().with_code("f1", "Anger")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    return tmp_path_factory.mktemp("killed")


# --- what a story is ---


def story(lab):
    """Return all that a study holds but ids and moments drawn anew."""
    opened, file = lab.studies.open(STUDY), lab.vault.studies.open(STUDY)
    return (
        *(opened.study, opened.rounds, opened.memos, opened.themes, opened.decisions, opened.meetings),
        {key: file.work.work(key) for key in file.work.stored_keys()},
        lab.studies.framework(STUDY),
        sorted((one.author, one.round, one.sha256, one.counts) for one in file.tables.taken().values()),
        *(lab.studies.stated(STUDY), lab.files.meanings(STUDY, SaidOf.WRITER)),
        sorted((row.direction, row.kind, row.round or 0) for row in lab.vault.log.studies.files(STUDY)),
    )


def expect_agreement(lab):
    """Check that the trail is whole and tells what the study's database tells, and that what came is readable."""
    assert lab.vault.log.audit.broken_at() is None
    lab.studies.open(STUDY)
    file = lab.vault.studies.open(STUDY)
    rounds, taken = file.tables.rounds(), file.tables.taken()
    opened = Counter(told(lab, AuditAct.ROUND_OPENED, "round"))
    opened.subtract(told(lab, AuditAct.ROUND_DISCARDED, "round"))
    assert sorted(opened.elements()) == sorted(one.number for one in rounds)
    own = {one.number: closing.sha256 for one in rounds for closing in one.closings if closing.author == ME.id}
    assert told(lab, AuditAct.ROUND_CLOSED, "round") == sorted(own)
    assert sorted(told(lab, AuditAct.ROUND_CLOSED, "sha256")) == sorted(own.values())
    assert told(lab, AuditAct.FRAMEWORK_FIXED, "version") == [one.version for one in file.tables.frameworks()]
    assert told(lab, AuditAct.CODING_TAKEN_IN, "file") == sorted(
        file for file, one in taken.items() if one.round and one.counts
    )
    assert told(lab, AuditAct.COMMENTS_TAKEN_IN, "file") == sorted(file for file, one in taken.items() if not one.round)
    versions = {one.recording: one.version for one in file.tables.texts()}
    assert {one.recording: one.version for one in lab.vault.log.studies.texts(STUDY)} == versions
    came = {row.id: row for row in lab.files.received(STUDY)}
    folder = lab.folder / "received"
    paths = sorted(folder.iterdir()) if folder.exists() else []
    assert sorted(path.name.partition(".")[0] for path in paths) == sorted(came)
    for path in paths:
        data = path.read_bytes()
        assert hashlib.sha256(data).hexdigest() == came[path.name.partition(".")[0]].sha256
        assert keys.unseal(data, [file.key.identity.secret])
    assert told(lab, AuditAct.CODING_PARCEL_RECEIVED, "file") == sorted(came)


def told(lab, act, detail):
    return sorted(json.loads(row.details)[detail] for row in lab.vault.log.audit.rows() if row.act == act)


# --- the acts ---


def nothing(_lab, _back):
    return None


def closed(lab, _back):
    lab.studies.close_round(STUDY, 1, ME.id)


def received(lab, back):
    closed(lab, back)
    return lab.files.receive(STUDY, back, "back").id


def document(lab, back):
    closed(lab, back)
    return lab.files.receive_file(STUDY, b"docx", CodingFileKind.WORD, OUTSIDE.id, 1).id


def admitted(lab, back):
    lab.files.admit_return(STUDY, received(lab, back))


def decided(lab, back):
    file = received(lab, back)
    decide(lab, None)
    return file


def decide(lab, _file):
    meeting = ConsensusMeeting("d1", 50.0, (ME.id,))
    made = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), code="c1")
    lab.studies.add_decisions(STUDY, meeting, [made])


def drafted(lab, _back):
    lab.studies.save_framework(STUDY, FRAMEWORK)


def with_key(lab, _back):
    study = lab.studies.open(STUDY).study
    key = replace(TWO, reader_key=READER)
    lab.studies.save_study(replace(study, authors=(ME, key, OUTSIDE)))


def named_anew(lab, _file):
    lab.studies.save_study(replace(lab.studies.open(STUDY).study, name="Otherwise", question="Why?"))


def left_out(lab, _file):
    study = lab.studies.open(STUDY).study
    lab.studies.save_study(replace(study, texts=study.texts[1:]))


def coded_more(lab, _file):
    lab.studies.save_work(STUDY, 1, ME.id, work(*(coding(lab.first, n, n + 3, guid=f"g{n}") for n in range(1, 30))))


def opened_next(lab, back):
    closed(lab, back)
    lab.studies.open_round(STUDY, opened_round(2))


DOCUMENT_WORK = work(names=("Out of Word",))
ACTS = {
    "save_study": (nothing, named_anew),
    "save_study, a text left out": (nothing, left_out),
    "add_memo": (nothing, lambda lab, _: lab.studies.add_memo(STUDY, memo())),
    "open_round": (closed, lambda lab, _: lab.studies.open_round(STUDY, opened_round(2))),
    "discard_round": (opened_next, lambda lab, _: lab.studies.discard_round(STUDY, 2)),
    "work": (admitted, lambda lab, _: lab.studies.work(STUDY, 1, TWO.id)),
    "save_work": (nothing, coded_more),
    "close_round": (nothing, lambda lab, _: lab.studies.close_round(STUDY, 1, ME.id)),
    "save_framework": (nothing, drafted),
    "fix_framework": (drafted, lambda lab, _: lab.studies.fix_framework(STUDY)),
    "save_themes": (nothing, lambda lab, _: lab.studies.save_themes(STUDY, ThemeWork((StudyTheme("t", "Theme"),)))),
    "add_decisions": (closed, decide),
    "write_parcel": (with_key, lambda lab, _: lab.files.write_parcel(STUDY, 1, TWO.id, lab.data / "parcel")),
    "receive_file": (nothing, lambda lab, _: lab.files.receive_file(STUDY, b"x", CodingFileKind.PAPER, OUTSIDE.id, 1)),
    "open_received": (document, lambda lab, file: lab.files.open_received(STUDY, file)),
    "admit_work": (document, lambda lab, file: lab.files.admit_work(STUDY, file, OUTSIDE.id, DOCUMENT_WORK, [memo()])),
    "admit_return": (received, lambda lab, file: lab.files.admit_return(STUDY, file)),
    "admit_return, late": (decided, lambda lab, file: lab.files.admit_return(STUDY, file, late=Arrival.TAKEN_LATE)),
    "admit_return, kept": (decided, lambda lab, file: lab.files.admit_return(STUDY, file, late=Arrival.KEPT)),
    "admit_memos": (document, lambda lab, file: lab.files.admit_memos(STUDY, file, OUTSIDE.id, (memo(OUTSIDE.id),))),
    "note_copies": (
        nothing,
        lambda lab, _: lab.files.note_copies(STUDY, 1, OUTSIDE.id, CodingFileKind.WORD, [b"1", b"2"]),
    ),
    "save_meanings": (nothing, lambda lab, _: lab.files.save_meanings(STUDY, SaidOf.WRITER, {"Two": TWO.id})),
    "save_stated": (nothing, lambda lab, _: lab.studies.save_stated(STUDY, {24: "two"})),
    "move_to_version": (admitted, lambda lab, _: lab.redact(lab.first, 4, 16)),
}
# `test_store.py` and the end of this page kill these, each with what counts for it.
ELSEWHERE = {"create", "destroy", "receive", "import_parcel", "export_back"}
# Is one of two of these, and a study saved with texts left out.
ELSEWHERE |= {"arrive", "leave_out_closed"}
READ_ONLY = {
    *("available", "contents_in_short", "open", "followed", "text", "require_closed", "framework", "received"),
    *("damaged", "consensus", "first_codes", "given_codes", "may_be_quoted", "openings", "require_comments_open"),
    *("arrivals", "received_row"),
    *("stated", "meanings", "overview", "require_open_to", "require_others_open"),
}


def test_every_public_act_on_a_study_is_killed_somewhere():
    """One that is new has to be added above, or to what only reads."""
    public = {
        name
        for owner in (AnalysisStudies, CodingFiles)
        for name, _ in inspect.getmembers(owner, callable)
        if not name.startswith("_")
    }

    assert public - READ_ONLY == {name.partition(",")[0] for name in ACTS} | ELSEWHERE


@pytest.mark.parametrize("name", ACTS)
def test_killed_at_any_moment_a_study_is_before_the_act_or_after_it_and_the_trail_agrees(worlds, name):
    prepare, act = ACTS[name]
    files = {}

    def make():
        world = World(worlds)
        files[world] = prepare(world.lab, world.back)
        return world

    ends = []
    for is_done in (False, True):
        world = make()
        if is_done:
            act(world.lab, files[world])
        ends.append(story(world.restarted()))
        world.lab.close()

    def check(world, survived):
        lab = world.restarted()
        expect_agreement(lab)
        assert story(lab) in (ends[1:] if survived else ends)
        lab.close()

    assert killed_at_each_moment(make, lambda world: act(world.lab, files[world]), check) >= 1


def test_what_was_looked_at_of_others_is_in_the_trail_whenever_it_was_given(worlds):
    given = []

    def make():
        given.clear()
        world = World(worlds)
        admitted(world.lab, world.back)
        return world

    def check(world, _survived):
        opened = told(world.restarted(), AuditAct.CODING_OPENED, "study")
        assert len(opened) == 1 + len(given) or (not given and len(opened) == 2)
        world.lab.close()

    assert killed_at_each_moment(make, lambda w: given.append(w.lab.studies.work(STUDY, 1, TWO.id)), check) >= 1


def test_a_parcel_that_left_before_a_kill_is_answered_for_by_its_ticket(worlds):
    """The file is written first: one that nobody noted is at most one of which the study has the ticket."""

    def make():
        world = World(worlds)
        with_key(world.lab, None)
        return world

    def check(world, _survived):
        lab = world.restarted()
        tickets = lab.vault.studies.open(STUDY).tables.tickets()
        path = lab.data / "parcel"
        noted = [row for row in lab.vault.log.studies.files(STUDY) if row.direction is ParcelDirection.OUT]
        assert len(tickets) == 2 or not path.exists()
        assert path.exists() or len(noted) == 1
        again = lab.data / "again"
        lab.files.write_parcel(STUDY, 1, TWO.id, again)
        assert again.stat().st_size
        lab.close()

    count = killed_at_each_moment(
        make, lambda w: w.lab.files.write_parcel(STUDY, 1, TWO.id, w.lab.data / "parcel"), check
    )
    assert count >= 4


def test_killed_while_a_coder_sends_back_it_can_be_sent_again_and_is_admitted(worlds):
    lead = World(worlds, closed=True).lab

    def check(world, _survived):
        coder = world.restarted()
        path = coder.data / "again"
        row = coder.files.export_back(STUDY, 1, path)
        coded = read_return(keys.unseal(path.read_bytes(), [lead.vault.studies.open(STUDY).key.identity.secret]))
        assert coded.work == theirs(lead)
        assert (
            coded.sha256
            == told(coder, AuditAct.ROUND_CLOSED, "sha256")[0]
            == work_sha256(coded.work, {recording: one.sha256 for recording, one in coded.texts.items()})
        )
        assert row.id in told(coder, AuditAct.CODING_PARCEL_MADE, "file")
        coder.close()

    count = killed_at_each_moment(
        lambda: CoderWorld(worlds), lambda w: w.coder.files.export_back(STUDY, 1, w.coder.data / "back"), check
    )
    lead.close()
    assert count >= 3


def test_killed_while_a_second_parcel_is_imported_it_can_be_imported_again_and_nothing_of_ones_own_is_lost(worlds):
    parcel = second_parcel(worlds)

    def check(world, _survived):
        coder = world.restarted()
        coder.take(parcel)
        opened = coder.studies.open(STUDY)
        assert [(one.number, one.has_closed(TWO.id)) for one in opened.rounds] == [(1, True), (2, False)]
        assert [one.version for one in opened.study.texts] == [2, 1]
        assert [(one.begin, one.end) for one in coder.studies.work(STUDY, 1, TWO.id).codings.all] == [(4, 8)]
        assert coder.studies.work(STUDY, 2, TWO.id).book == FRAMEWORK
        assert told(coder, AuditAct.ROUND_OPENED, "round") == [1, 2]
        assert told(coder, AuditAct.STUDY_TEXT_MOVED, "version") == [2]
        coder.close()

    assert killed_at_each_moment(lambda: CoderWorld(worlds), lambda w: w.coder.take(parcel), check) >= 5
