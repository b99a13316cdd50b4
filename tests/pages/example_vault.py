"""Fill a vault with example data for the pages: a teaching group, a research group after six weeks, recordings.

Codes only: whatever is shown here is shown in every report of a fault.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from accounts import keep_six_weeks
from correcting_bench import turn
from kept_sessions import TEXT, at
from sounds import opus
from word_copies import Copy, Note, word_file

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    Author,
    CodingRound,
    Memo,
    RoundClosing,
    RoundKind,
    StudyTheme,
    ThemeWork,
    Workplace,
)
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.deidentify.approved import approved_text
from balint_desktop.domain.deidentify.reading import reading_text
from balint_desktop.domain.group.dates import day_of, new_plan
from balint_desktop.domain.group.group import Group, Participant, Weekday
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.sign_off import sign_off_state
from balint_desktop.domain.transcript.transcript import transcript_of
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind, participant_code
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.text.transcripts import approved_speaker_words, bracket_words
from balint_desktop.vault.analysis_texts import VaultTexts
from balint_desktop.vault.coding_files import CodingFiles
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.studies import CodingFileKind
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.studies import AnalysisStudies
from balint_desktop.vault.study_numbers import draw_numbers
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault

# The day on which the pages are seen: six weeks after the research group's first session.
TODAY_WALL = at(47 * 24 * 60).wall
MEMBERS = tuple(Participant(participant_code(n), agreed_to_recording=True) for n in range(1, 7))
TEACHING = Group(
    GroupId("teaching"),
    "Block B",
    participants=MEMBERS,
    weekday=Weekday.WEDNESDAY,
    support="Student Health",
)
# Whatever of the example can be read on a page although nobody translates it.
NAMES = (
    "Block B",
    "Wednesday group",
    "Student Health",
    "Slow to begin.",
    "We sat with it.",
    "She was tired of being asked.",
    "the second author",
    "co-led for two years",
    "psychiatry trainee",
    "MBChB",
    "Built-in",
    "USB",
    "Headset",
    "Speakers",
    "British English",
    "English",
    "whisper-te-reo",
    "te reo Māori",
    "tired",
    "Deutsch",
    "Being with distress",
    "What do students meet?",
    "Our iwi partners",
    "Coder A",
    "Coder B",
    "Anger",
    "Fatigue",
    "Left alone",
    "Worn out",
    "Being asked",
    "Whose?",
    "Who is asked?",
    "Papakura",
    "Tuilagi",
    "Doctor",
    "26",
    "sister",
    "Yes",
    "She",
)


def fill(vault: OpenVault) -> None:
    """Fill an open vault."""
    keep_six_weeks(vault)
    vault.log.groups.save_group(TEACHING)
    first = day_of(TODAY_WALL) - timedelta(weeks=2)
    vault.log.dates.save_plan(TEACHING.id, new_plan(first, 6, "16:00", last_evaluates=True))
    # Before they are recorded: what a recording may be used for is what everyone agreed to as it began.
    purposes = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS)
    agreed = [(member.code, purpose) for member in MEMBERS for purpose in purposes]
    vault.log.consents.enter(TEACHING.id, agreed, Answer.GIVEN, ConsentCollection(vault.log.consents.today()))
    first_recorded, _ = [_keep_recorded(vault, number, weeks=4 + number) for number in (1, 2)]
    _keep_transcript(vault, first_recorded)


def _keep_transcript(vault: OpenVault, recording: RecordingId) -> None:
    """Store a transcript with a place of each kind."""
    text = transcript_of(
        (
            turn(1, "P4", 60, "She was ~tired of being asked."),
            turn(2, "unknown", 63, "<not-understood>"),
            turn(3, "F", 68, "<unclear> <te-reo> Yes."),
            turn(4, "P2", 75, "She came from Papakura at 26, and Doctor Tuilagi told her sister."),
        )
    )
    transcripts = TranscriptVault(vault)
    transcripts.begin(recording, TranscriptSource.IMPORT).write_transcript(text)
    transcripts.note_text(recording, sign_off_state(text, Listened(), ((60_000, 66_000),)))


def sign_off(vault: OpenVault) -> RecordingId:
    """Sign the one transcript off, if it is not; return its recording."""
    transcripts = TranscriptVault(vault)
    (row,) = transcripts.rows()
    if row.signed is None:
        transcripts.sign_off(row.recording, transcripts.open(row.recording).text(), row.state, "AB", "for the pages")
    return row.recording


def approve(vault: OpenVault) -> None:
    """Approve the one transcript, if it is not: with every place of it left, which the pages need no layers for."""
    recording, texts = sign_off(vault), DeidentifiedTexts(vault)
    if texts.find(recording) is not None:
        return
    signed = texts.open_signed(recording)
    reading = reading_text(signed.text, (), bracket_words)
    numbers = draw_numbers(vault, TEACHING.id, [member.code for member in MEMBERS])
    text = approved_text(reading, (), numbers, approved_speaker_words)
    texts.approve(recording, text, signed, "AB", {})


STUDY = "5f0b7d3e-aaaa-4222-8333-444455556666"
_ME, _OTHER = Author("0a-me", "Coder A"), Author("0a-other", "Coder B", workplace=Workplace.WORD)
_QUESTION = "What do students meet?"


def analyse(vault: OpenVault, *, closed: bool = False) -> None:
    """Analyse the approved text, if it is not: a study with a round, a passage, a memo and a theme."""
    if not vault.log.studies.all():
        approve(vault)
        studies = AnalysisStudies(vault, VaultTexts(vault), lambda number: f"Block B {number}")
        study = AnalysisStudy(
            *(STUDY, "Being with distress", _QUESTION, Approach.RELIABILITY, "Our iwi partners"),
            texts=studies.available(),
            authors=(_ME, _OTHER),
        )
        opened = studies.create(study, _ME.id)
        (recording,) = opened.texts
        studies.open_round(STUDY, CodingRound(1, RoundKind.OPEN, TODAY_WALL, (_ME.id, _OTHER.id)))
        book = Codebook().with_code("0c-anger", "Anger").with_code("0c-tired", "Fatigue")
        codings = Codings((Coding("0d-one", recording, 4, 30, "0c-tired", TODAY_WALL, "Whose?"),))
        studies.save_work(STUDY, 1, _ME.id, CoderWork(book, codings))
        studies.add_memo(STUDY, Memo("0e-memo", _ME.id, TODAY_WALL, "Who is asked?", recording))
        studies.save_themes(STUDY, ThemeWork((StudyTheme("0f-theme", "Being asked", codes=("0c-tired",)),)))
        if closed:
            studies.close_round(STUDY, 1, _ME.id)
            files = CodingFiles(studies)
            files.note_copies(STUDY, 1, _OTHER.id, CodingFileKind.WORD, [b"sent"])
            files.receive_file(STUDY, _word_copy(opened.texts[recording].text), CodingFileKind.WORD, _OTHER.id, 1)
            _agree(studies, recording)


def close_round(vault: OpenVault) -> None:
    """Analyse the approved text, and close the round."""
    analyse(vault, closed=True)


_COPY_NOTES = (
    Note("", "Fatigue: whose?", by="Coder B"),
    Note("", "Say more about this", by="Word user"),
)


def _word_copy(text: str) -> bytes:
    """Return a copy of the text that two people commented on, with a highlight and an edited turn."""
    first, *_, last = text.split("\n\n")
    notes = tuple(replace(note, on=on[3:30]) for note, on in zip(_COPY_NOTES, (first, last), strict=True))
    colours = ((last[30:45], '<w:highlight w:val="yellow"/>'),)
    return word_file(Copy(text.replace(first, f"{first} More."), notes, colours))


def receive_copy(vault: OpenVault) -> str:
    """Receive a Word copy of the other coder, one's own round being closed; return its file."""
    analyse(vault, closed=True)
    studies = AnalysisStudies(vault, VaultTexts(vault), lambda number: f"Block B {number}")
    (file,) = (row.id for row in CodingFiles(studies).received(STUDY) if row.kind is CodingFileKind.WORD)
    return file


def _agree(studies: AnalysisStudies, recording: RecordingId) -> None:
    """Let the other coder have coded, too, and fix a framework."""
    book = Codebook().with_code("0c-worn", "Worn out").with_code("0c-alone", "Left alone")
    codings = (
        Coding("0d-two", recording, 4, 22, "0c-worn", TODAY_WALL),
        Coding("0d-three", recording, 30, 42, "0c-alone", TODAY_WALL),
    )
    theirs = CoderWork(book, Codings(codings))
    file = studies.store.open(STUDY)
    with file.together():
        file.work.write((1, _OTHER.id), theirs)
        file.tables.close_round(1, RoundClosing(_OTHER.id, TODAY_WALL, work_sha256(theirs, {})))
    framework = Framework().with_code(_OTHER.id, book.codes[1], "0c-framework")
    studies.save_framework(STUDY, framework.book, framework.same)
    studies.fix_framework(STUDY)


def _keep_recorded(vault: OpenVault, number: int, *, weeks: int) -> RecordingId:
    start = weeks * 7 * 24 * 60
    codes = tuple(member.code for member in MEMBERS)
    session = vault.log.sessions.start(SessionSetting(TEACHING.id, number, SessionKind.CASE, "student-hour", TEXT))
    vault.log.sessions.add_fact(session, f.Began(at=at(start), present=codes))
    recording = vault.new_recording(TEACHING, session)
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(opus(6.0))
    closed = writer.close(PartFacts(offset_s=60.0, seconds=6.0))
    vault.finish_part(recording, place.part, 6.0, closed.sha256)
    steps = (4, 6, 13, 18, 45, 55)
    for fact in (
        f.RecordingStarted(at=at(start + 1), recording=recording, part=1),
        *(f.StepTaken(at=at(start + minute), phase=phase) for phase, minute in enumerate(steps, start=1)),
        f.Ended(at=at(start + 60)),
        f.RecordingStopped(at=at(start + 60.5)),
    ):
        vault.log.sessions.add_fact(session, fact)
    vault.log.sessions.close(session, Debrief("Slow to begin."))
    return recording
