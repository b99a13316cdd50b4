"""A vault with approved texts of a few sessions, and a study of them with three coders."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from clocks import WoundClock
from kept_sessions import GROUP, P1
from kept_vaults import keep_session
from vaults import Made, make_vault

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.parcel import read_return, return_to_zip
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    Author,
    AuthorRole,
    CodingRound,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Memo,
    RoundKind,
    Workplace,
)
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn, Redaction, redacted
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.sealed.keys import seal, unseal
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.approved_removal import recipients_of, version_of
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.log import create_log
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.secret import new_secret
from balint_desktop.vault.studies import AnalysisStudies
from balint_desktop.vault.vault import OpenVault

ALL = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS, Purpose.SUPERVISION, Purpose.QUOTATIONS)
STUDY = "5f0b7d3e-1111-4222-8333-444455556666"
ME = Author("0a000000-0000-4000-8000-000000000001", "Lead")
TWO = Author("0a000000-0000-4000-8000-000000000002", "Coder 2", workplace=Workplace.VAULT)
OUTSIDE = Author("0a000000-0000-4000-8000-000000000003", "Independent", AuthorRole.INDEPENDENT, Workplace.WORD)
LINES = (("R2", "It made me angry with the registrar."), ("R4", "I would have felt out of depth."), ("R2", "Yes."))


def approved_text(lines=LINES) -> ApprovedText:
    """Return version 1 of a text with these turns."""
    pieces, turns, at = [], [], 0
    for number, (speaker, words) in enumerate(lines):
        line = f"{speaker}: {words}"
        turns.append(ApprovedTurn(at, at + len(line), speaker, 1000 * number, 1000 * number + 900))
        pieces.append(line)
        at += len(line) + 2
    return ApprovedText(1, "\n\n".join(pieces), tuple(turns))


def as_first_version(database):
    """Leave of a study's database what its first version had: what came later is dropped."""
    for table in ("theme_steps", "copy_meanings", "stated", "framework_moves"):
        database.run(f"DROP TABLE {table}")
    database.run("ALTER TABLE rounds DROP COLUMN without_framework")
    database.run("ALTER TABLE codes DROP COLUMN letter")
    database.run("PRAGMA user_version = 1")


def code_of(act):
    """Return the code of the trouble that an act raises."""
    with pytest.raises(Trouble) as raised:
        act()
    return raised.value.code


def coding(recording, begin, end, code="c1", *, guid="g1", wall=5.0, memo=""):
    return Coding(guid, recording, begin, end, code, wall, memo)


def work(*codings, names=("Anger",)) -> CoderWork:
    """Return codes c1, c2, … with these names, and codings."""
    book = Codebook()
    for number, name in enumerate(names, start=1):
        book = book.with_code(f"c{number}", name)
    return CoderWork(book, Codings(tuple(codings)))


def opened_round(number=1, authors=(ME.id, TWO.id, OUTSIDE.id), framework=None) -> CodingRound:
    kind = RoundKind.OPEN if framework is None else RoundKind.FRAMEWORK
    return CodingRound(number, kind, 100.0 + number, authors, framework, "2027-10-01")


def memo(author=ME.id, words="why: the “then”", memo_id="m1", **passage) -> Memo:
    return Memo(memo_id, author, 7.0, words, **passage)


class Lab:
    """A vault that is open, with approved texts of sessions 1 and 2, and what is done with a study of them."""

    def __init__(self, data, *, purposes=ALL, sessions=2, made=None, clock=None):
        self.data = data
        self.clock = clock or WoundClock()
        self.made: Made = made or make_vault(data / "vault")
        self.recordings: list[RecordingId] = []
        for number in range(1, sessions + 1):
            kept = keep_session(data, purposes=purposes, redacted=False, made=self.made, number=number)
            self.recordings.append(kept.recording)
        self.vault: OpenVault = self.made.open(self.clock)
        for recording in self.recordings:
            self.approve(recording, approved_text())

    @property
    def studies(self) -> AnalysisStudies:
        return AnalysisStudies(self.vault, VaultTexts(self.vault), lambda number: f"Session {number}")

    @property
    def files(self) -> CodingFiles:
        return CodingFiles(self.studies)

    @property
    def first(self) -> RecordingId:
        return self.recordings[0]

    @property
    def folder(self):
        return self.vault.places.studies / STUDY

    def approve(self, recording, text):
        """Put a version of an approved text into its place, whoever agreed."""
        version = version_of(text, "AB", self.vault.log.now())
        self.vault.approved_writer().write(recording, text, version, recipients_of(self.vault, recording))

    def redact(self, recording, begin, end, by="[not available]"):
        """Take a stretch out of an approved text, as a withdrawal does."""
        before = VaultTexts(self.vault).read(recording)
        after = redacted(before, [Redaction(begin, end, by)])
        self.approve(recording, after)
        return after

    def create(self, *authors, approach=Approach.CODEBOOK):
        """Create the study on every text."""
        study = AnalysisStudy(
            *(STUDY, "Being told to", "What is it like?", approach, "the Māori advisory group"),
            texts=self.studies.available(),
            authors=authors or (ME, TWO, OUTSIDE),
        )
        return self.studies.create(study, ME.id)

    def begun(self):
        """Create the study, and open its first round."""
        self.create()
        self.studies.open_round(STUDY, opened_round())
        return self

    def parcel_for(self, coder, author=TWO, round_number=1):
        """Enter a coder's reader key, and return the parcel of a round for them, as bytes."""
        study = self.studies.open(STUDY).study
        key = replace(study.author(author.id), reader_key=coder.vault.recipient)
        authors = tuple(key if one.id == author.id else one for one in study.authors)
        self.studies.save_study(replace(study, authors=authors))
        path = self.data / f"{new_id()}.balint-coding"
        self.files.write_parcel(STUDY, round_number, author.id, path)
        return path.read_bytes()

    def again(self):
        """Open the vault again, as after a kill or a restart."""
        self.vault.close()
        self.vault = self.made.open(self.clock)
        return self

    def acts(self):
        return [row.act for row in self.vault.log.audit.rows() if row.act.startswith(("analysis", "coding"))]

    def close(self):
        self.vault.close()


class Coder:
    """Another coder, in a vault of their own."""

    def __init__(self, data, secret=None):
        self.data = data
        self.clock = WoundClock()
        self.vault: OpenVault = opened_elsewhere(data / "vault", self.clock, secret or new_secret())

    @property
    def studies(self) -> AnalysisStudies:
        return AnalysisStudies(self.vault, VaultTexts(self.vault), lambda number: f"Session {number}")

    @property
    def files(self) -> CodingFiles:
        return CodingFiles(self.studies)

    def take(self, parcel):
        """Import a parcel."""
        return self.files.import_parcel(parcel, "for-two")

    def coded(self, theirs, *memos, round_number=1, close=True):
        """Save a round, close it, and return the file that goes back."""
        self.clock.advance(60)
        me = self.studies.open(STUDY).me
        if close:
            self.studies.save_work(STUDY, round_number, me, theirs)
            for one in memos:
                self.studies.add_memo(STUDY, one)
            self.studies.close_round(STUDY, round_number, me)
        path = self.data / f"{new_id()}.balint-codes"
        self.files.export_back(STUDY, round_number, path)
        return path.read_bytes()

    def close(self):
        self.vault.close()


def opened_elsewhere(folder, clock, secret):
    """Make a vault with keys of its own, and open it."""
    folder.mkdir(mode=0o700, parents=True)
    create_log(folder / "log.db", secret.log_key, clock)
    return OpenVault(folder, secret, clock)


@pytest.fixture
def lab(tmp_path):
    """A vault with two approved texts."""
    made = Lab(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def begun(lab):
    """A study of two texts with its first round open."""
    return lab.begun()


@pytest.fixture
def coder(tmp_path):
    made = Coder(tmp_path / "coder")
    yield made
    made.close()


@pytest.fixture
def sent(begun, coder):
    """Coder 2 has imported their parcel of round 1."""
    coder.take(begun.parcel_for(coder))
    return begun


def theirs(lab, *more):
    return work(coding(lab.first, 4, 10), *more, names=("Rage",))


def remade(data, lab, **changed):
    """Return a file that came back, with something in it that is not so, sealed as the real one."""
    key = lab.vault.studies.open(STUDY).key.identity
    coded = read_return(unseal(data, [key.secret]))
    return seal(return_to_zip(replace(coded, **changed)), [key.recipient])


def files_in(lab):
    return sorted(path.name for path in (lab.folder / "received").iterdir())


def of_later_version(data):
    """Return what a file holds, in a format that is not known yet."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            member = before.read(name)
            if name == "manifest.json":
                member = json.dumps(json.loads(member) | {"format": 2}).encode()
            after.writestr(name, member)
    return packed.getvalue()


def later(sent, coder, code="Later"):
    """Return a second file of the same round, closed later."""
    back = remade(coder.coded(None, close=False), sent)
    changed = work(coding(sent.first, 4, 9), coding(sent.first, 20, 30, guid="g2"), names=(code,))

    coded = read_return(unseal(back, [sent.vault.studies.open(STUDY).key.identity.secret]))
    sha256 = work_sha256(changed, {recording: one.sha256 for recording, one in coded.texts.items()})
    return remade(back, sent, work=changed, sha256=sha256, closed_wall=coded.closed_wall + 100), changed


def decide(lab):
    meeting = ConsensusMeeting("d1", 50.0, (ME.id,))
    made = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), code="c1")
    lab.studies.add_decisions(STUDY, meeting, [made])
    return made


def received(lab, data=b"docx", author=OUTSIDE, kind=CodingFileKind.WORD, round_number=1):
    return lab.files.receive_file(STUDY, data, kind, author.id, round_number).id


def refuse(lab, purpose=Purpose.ANALYSIS, code=P1):
    """Let a member of the group refuse a purpose."""
    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(code, purpose)], Answer.DECLINED, taking)
