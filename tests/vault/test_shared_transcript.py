"""A sealed copy of a recording carries its transcript to the same reader, who imports both or neither."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from clocks import WoundClock
from kept_sessions import GROUP, P1
from kept_vaults import keep_session
from killing import deaths_of
from shared_copies import bring_in
from vaults import make_vault

from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.decisions import Decisions, PageTick
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.retention import StartEvent
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import manifest as manifests
from balint_desktop.sealed import parcel
from balint_desktop.sealed.keys import new_identity, seal, unseal
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.recording import read_key
from balint_desktop.sealed.verified_copy import read_back
from balint_desktop.text import transfer
from balint_desktop.vault.log.approved import ApprovedVersion
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.transfer import share_recording

WORDS = Transcript(
    (
        Turn(1, Speaker(P1), 60_000, 61_000, (Word("whānau", 60_000, 61_000),)),
        Turn(2, UNKNOWN, 400_000, 401_000, (Word("who", 400_000, 401_000),)),
    )
)
PIECES = (HeardPiece(0, 60_000, 61_000, Verdict.UNDERSTOOD, (HeardWord("fano", 60_000, 61_000, 0.4),)),)
HEARD = Listened(((60_000, 61_000),))
USES = (Purpose.TRANSCRIPTION, Purpose.SUPERVISION, Purpose.ANALYSIS)


def write(vault, recording, *, finished=True):
    transcripts = TranscriptVault(vault)
    files = transcripts.begin(recording, TranscriptSource.HAND, "en")
    files.write_machine_text(PIECES)
    files.write_transcript(WORDS)
    files.write_listened(HEARD)
    if finished:
        transcripts.note_text(recording, SignOffState(1000, 1000, {Need.SPEAKER: 1}))
        vault.log.transcripts.note_edited(recording)
        transcripts.sign_off(recording, WORDS, SignOffState(1000, 1000, {}), "facilitator", "")


@dataclass(frozen=True)
class Copies:
    """A vault with a transcript, the reader's vault, and the folder where the copy goes."""

    elsewhere: object
    here: object
    into: Path

    @property
    def recording(self):
        return self.elsewhere.recording

    @property
    def folder(self):
        return self.into / f"recording-{self.recording}"

    def share(self, purpose=Purpose.TRANSCRIPTION, prepare=write):
        vault = self.elsewhere.made.open()
        try:
            prepare(vault, self.recording)
            return share_recording(vault, self.recording, purpose, self.into, WoundClock())
        finally:
            vault.close()

    def names(self):
        return {name for name in parcel.read_manifest(self.folder)[0].files if name.startswith("transcript/")}


def make_copies(folder, purposes=USES):
    made = make_vault(folder / "here" / "vault")
    here = replace(made, secret=VaultSecret((new_identity(),), made.secret.log_key))
    reader = Reader("transcriber", here.secret.recipient)
    elsewhere = keep_session(folder / "elsewhere", readers=[reader], redacted=False, purposes=purposes)
    (folder / "stick").mkdir()
    return Copies(elsewhere, here, folder / "stick")


@pytest.fixture
def copies(tmp_path):
    return make_copies(tmp_path)


def listed(copies):
    return parcel.read_manifest(copies.folder)[0]


def relist(copies):
    """Write the list anew, as someone would who has changed the files."""
    before = listed(copies)
    found = {
        path.relative_to(copies.folder).as_posix(): read_back(path)
        for path in copies.folder.rglob("*")
        if path.is_file() and path.name != manifests.NAME
    }
    made = Manifest(before.id, before.kind, before.made_wall, before.recording, found)
    (copies.folder / manifests.NAME).write_bytes(made.to_json())


def admit(vault, copies):
    """Import the copy, as the command does."""
    return bring_in(vault, copies.folder)


def code_of(vault, copies):
    with pytest.raises(Trouble) as raised:
        admit(vault, copies)
    return raised.value.code


@pytest.fixture
def here(copies):
    vault = copies.here.open()
    yield vault
    vault.close()


# --- sharing ---


def write_and_decide(vault, recording):
    write(vault, recording)
    TranscriptVault(vault).open(recording).write_decisions(Decisions().with_tick(PageTick(1, "AB", "a", 1.0)))


def write_and_approve(vault, recording):
    write(vault, recording)
    text = ApprovedText(1, "R1: one", ())
    version = ApprovedVersion(1, text.sha256, "AB", 1.0, 7, 2, 1)
    vault.approved_writer().write(recording, text, version, [vault.recipient])


def test_what_was_decided_about_words_that_identify_stays_here_and_the_copy_is_imported(copies, here):
    copies.share(prepare=write_and_decide)
    assert "transcript/decisions.json.age" not in copies.names()
    bring_in(here, copies.folder)

    assert TranscriptVault(here).open(copies.recording).text().turns


def test_that_the_approved_text_stays_here_is_said(copies):
    shared = copies.share(prepare=write_and_approve)
    words = transfer.shared(shared.row, is_as_sealed=True, approved_stays=shared.approved_stays)

    assert words.endswith("Its transcript is included. The approved text is not included: export it from its own page.")
    assert not [name for name in parcel.read_manifest(copies.folder)[0].files if "approved" in name]


def test_a_sealed_copy_carries_the_transcript_under_a_key_of_its_own_for_the_same_reader(copies):
    shared = copies.share()
    key = read_key(copies.folder / "transcript", [copies.here.secret.identities[0].secret])
    page = unseal((copies.folder / "transcript/text/001.json.age").read_bytes(), [key.secret])

    assert copies.names() == {
        "transcript/about.json.age",
        "transcript/key.age",
        "transcript/listened.json.age",
        "transcript/machine.json.age",
        "transcript/text/001.json.age",
        "transcript/text/002.json.age",
    }
    assert "whānau".encode() in page
    assert key.recipient != read_key(copies.folder, [copies.here.secret.identities[0].secret]).recipient
    assert parcel.verify_parcel(copies.folder).is_whole
    assert shared.is_as_sealed
    assert transfer.shared(shared.row, is_as_sealed=True).endswith("and checked. Its transcript is included.")


@pytest.mark.parametrize(
    ("purposes", "purpose", "is_carried"),
    [
        (USES, Purpose.TRANSCRIPTION, True),
        (USES, Purpose.ANALYSIS, True),
        (USES, Purpose.SUPERVISION, False),
    ],
)
def test_it_goes_where_transcription_is_agreed_to_and_to_no_supervisor(copies, purposes, purpose, is_carried):
    copies.share(purpose)

    assert bool(copies.names()) is is_carried


def test_it_stays_here_where_someone_withdrew_from_transcription_alone(copies):
    def prepare(vault, recording):
        write(vault, recording)
        cells = [(P1, Purpose.TRANSCRIPTION)]
        vault.log.consents.enter(GROUP, cells, Answer.WITHDRAWN, ConsentCollection(vault.log.consents.today()))

    copies.share(Purpose.ANALYSIS, prepare)

    assert copies.names() == set()


@pytest.mark.parametrize("prepare", [lambda *_: None, lambda vault, recording: write(vault, recording, finished=False)])
def test_without_a_finished_transcript_the_copy_is_as_before(copies, prepare):
    copies.share(prepare=prepare)

    assert copies.names() == set()


# --- importing ---


def test_an_imported_transcript_is_read_here_with_all_that_was_known_of_it(copies, here):
    copies.share()
    admit(here, copies)
    transcripts = TranscriptVault(here)
    files, row = transcripts.open(copies.recording), transcripts.row(copies.recording)

    assert files.text() == WORDS
    assert files.machine_text() == PIECES
    assert files.listened() == HEARD
    assert (row.source, row.language, row.state.open) == (TranscriptSource.HAND, "en", {Need.SPEAKER: 1})
    assert row.signed.label == "facilitator"
    assert row.is_edited
    assert [event.event for event in here.log.retention.events(GROUP)] == [StartEvent.TRANSCRIPT_VERIFIED]
    assert AuditAct.TRANSCRIPT_IMPORTED in [one.act for one in here.log.audit.rows()]
    assert not (here.places.recording(copies.recording) / "transcript").exists()
    assert not (here.places.transcript(copies.recording) / "about.json.age").exists()


def test_a_copy_without_one_adds_nothing(copies, here):
    copies.share(prepare=lambda *_: None)
    admit(here, copies)

    assert TranscriptVault(here).rows() == ()


def _damage(copies, name):
    path = copies.folder / name
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def _key(copies):
    return read_key(copies.folder / "transcript", [copies.here.secret.identities[0].secret])


def damaged_page(copies):
    _damage(copies, "transcript/text/001.json.age")


def damaged_page_that_is_listed_so(copies):
    damaged_page(copies)
    relist(copies)


def page_of_another_format(copies):
    (copies.folder / "transcript/text/001.json.age").write_bytes(seal(b"{}", [_key(copies).recipient]))
    relist(copies)


def missing_page(copies):
    (copies.folder / "transcript/text/001.json.age").unlink()


def link_out_of_the_copy(copies):
    page = copies.folder / "transcript/text/001.json.age"
    shutil.copy(page, copies.folder.parent / "outside")
    page.unlink()
    page.symlink_to(copies.folder.parent / "outside")


def foreign_name(copies):
    shutil.copy(copies.folder / "transcript/key.age", copies.folder / "transcript/other.age")
    relist(copies)


def of_another_recording(copies):
    about = copies.folder / "transcript/about.json.age"
    text = unseal(about.read_bytes(), [_key(copies).secret]).replace(copies.recording.encode(), b"another")
    about.write_bytes(seal(text, [_key(copies).recipient]))
    relist(copies)


def without_what_is_known_of_it(copies):
    (copies.folder / "transcript/about.json.age").unlink()
    relist(copies)


def say_of_it(copies, **changes):
    """Change what the copy says of its transcript."""
    about = copies.folder / "transcript/about.json.age"
    message = json.loads(unseal(about.read_bytes(), [_key(copies).secret]))
    about.write_bytes(seal(json.dumps(message | changes).encode(), [_key(copies).recipient]))
    relist(copies)


def with_a_number_that_is_none(copies):
    say_of_it(copies, state={"listened_ms": -1, "audible_ms": 1000, "open": {}})


def with_a_day_that_is_none(copies):
    say_of_it(copies, written=True)


def with_a_line_that_is_too_long(copies):
    say_of_it(copies, engine="x" * 10_000)


def with_a_key_that_is_none(copies):
    (copies.folder / "transcript/key.age").write_bytes(b"not sealed")
    relist(copies)


HOSTILE = (
    damaged_page,
    damaged_page_that_is_listed_so,
    page_of_another_format,
    missing_page,
    link_out_of_the_copy,
    foreign_name,
    of_another_recording,
    without_what_is_known_of_it,
    with_a_number_that_is_none,
    with_a_day_that_is_none,
    with_a_line_that_is_too_long,
    with_a_key_that_is_none,
)


@pytest.mark.parametrize("change", HOSTILE, ids=[one.__name__.replace("_", " ") for one in HOSTILE])
def test_a_hostile_transcript_is_refused_with_its_recording_and_leaves_no_row(copies, here, change):
    copies.share()
    change(copies)

    refused = TroubleCode.SHARED_COPY_DAMAGED if change is foreign_name else TroubleCode.TRANSCRIPT_DAMAGED
    assert code_of(here, copies) is refused
    assert TranscriptVault(here).rows() == ()
    assert here.log.recordings.recordings() == ()


def test_a_transcript_of_a_later_version_is_named_as_such_and_nothing_is_imported(copies, here):
    copies.share()
    say_of_it(copies, version=2)

    assert code_of(here, copies) is TroubleCode.VAULT_NEWER
    assert (TranscriptVault(here).rows(), here.log.recordings.recordings()) == ((), ())


def test_one_that_was_not_signed_off_there_is_imported_and_starts_no_retention_clock(copies, here):
    def unsigned(vault, recording):
        write(vault, recording)
        TranscriptVault(vault).reopen(recording)

    copies.share(prepare=unsigned)
    admit(here, copies)
    row = TranscriptVault(here).row(copies.recording)

    assert (row.signed, [one.label for one in row.sign_offs]) == (None, ["facilitator"])
    assert TranscriptVault(here).open(copies.recording).text() == WORDS
    assert here.log.retention.events(GROUP) == ()


def test_a_kill_before_any_disk_operation_leaves_the_recording_with_its_transcript_or_neither(tmp_path):
    def make(number):
        copies = make_copies(tmp_path / f"kill-{number}")
        copies.share()
        return copies

    def act(copies):
        vault = copies.here.open()
        try:
            admit(vault, copies)
        finally:
            vault.close()

    def check(copies):
        vault = copies.here.open()
        try:
            rows = TranscriptVault(vault).rows()
            assert bool(rows) is bool(vault.log.recordings.recordings())
            if rows:
                assert TranscriptVault(vault).open(copies.recording).text() == WORDS
            else:
                assert not vault.places.transcript(copies.recording).exists()
            assert not list(vault.places.import_staging.glob("*"))
        finally:
            vault.close()
        shutil.rmtree(copies.into.parent)

    assert deaths_of(make, act, check) > 20
