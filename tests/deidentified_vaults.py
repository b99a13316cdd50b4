"""A vault with a transcript that is signed off, and what is done with it until it is approved and after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deidentified_values import approved, decided
from kept_sessions import GROUP, P1, P2
from kept_vaults import keep_session

from balint_desktop.domain.deidentify.approved import redacted
from balint_desktop.domain.deidentify.decisions import Decisions, PageTick
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble
from balint_desktop.vault import consent_gate
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.study_numbers import draw_numbers
from balint_desktop.vault.transcripts import TranscriptVault

ALL = (Purpose.TRANSCRIPTION, Purpose.ANALYSIS, Purpose.SUPERVISION, Purpose.QUOTATIONS)
SECRET = "kererū"
WHOLE = SignOffState(10_000, 10_000, {})


def _turn(number, speaker, begin, text):
    return Turn(number, speaker, begin, begin + 1000, (Word(text, begin, begin + 1000),))


WORKING = Transcript(
    (
        _turn(1, Speaker(P1), 60_000, SECRET),
        _turn(2, Speaker(P2), 61_000, "quietly"),
        _turn(3, UNKNOWN, 62_000, "whose"),
    )
)


def approved_of(labels=("R1", "R2", "Unknown")):
    """Return the approved text of the transcript, with the times of its turns."""
    text = approved(*zip(labels, ("[place]", "quietly", "whose"), strict=True))
    times = [(turn.from_ms, turn.until_ms) for turn in WORKING.turns]
    turns = tuple(
        replace(turn, from_ms=begin, until_ms=until) for turn, (begin, until) in zip(text.turns, times, strict=True)
    )
    return replace(text, turns=turns)


TEXT = approved_of()


def code_of(act):
    """Return the code of the trouble that an act raises."""
    with pytest.raises(Trouble) as raised:
        act()
    return raised.value.code


class Bench:
    """A vault that is open, with one session whose transcript is signed off."""

    def __init__(self, data, *, purposes=ALL, readers=()):
        self.data = data
        kept = keep_session(data, purposes=purposes, readers=readers, redacted=False)
        self.made, self.recording = kept.made, kept.recording
        self.vault = self.made.open()
        self.purposes = purposes
        self._write(self.recording)

    def _write(self, recording):
        transcripts = TranscriptVault(self.vault)
        files = transcripts.begin(recording, TranscriptSource.HAND)
        files.write_transcript(WORKING)
        transcripts.note_text(recording, WHOLE)
        transcripts.sign_off(recording, WORKING, WHOLE, "facilitator", "")

    @property
    def texts(self):
        return DeidentifiedTexts(self.vault)

    @property
    def places(self):
        return self.vault.places

    def close(self):
        self.vault.close()

    def again(self):
        """Open the vault again, as after a kill or a restart."""
        self.vault.close()
        self.vault = self.made.open()

    def another(self):
        """Add a session whose transcript is signed off, and return its recording."""
        self.vault.close()
        kept = keep_session(self.data, purposes=self.purposes, redacted=False, made=self.made, number=4)
        self.vault = self.made.open()
        self._write(kept.recording)
        return kept.recording

    def signed(self, recording=None):
        return self.texts.open_signed(recording or self.recording)

    def decisions(self, recording=None):
        one = recording or self.recording
        return self.texts.read_decisions(one, self.signed(one).files)

    def save(self, *terms):
        """Save that these terms are replaced everywhere, and that the first page was read."""
        known = Decisions().with_tick(PageTick(1, "AB", "a", 1.0))
        for term in terms:
            known = known.with_decision(decided(term))
        self.texts.write_decisions(self.recording, self.signed().files, known)

    def approve(self, signed=None, *, recording=None, text=TEXT):
        one = recording or self.recording
        return self.texts.approve(one, text, signed or self.signed(one), "AB", {"roster replaced": 2})

    def approve_numbered(self, recording=None):
        """Draw study numbers and approve a text with them; return the numbers."""
        numbers = draw_numbers(self.vault, GROUP, [P1, P2])
        labels = (numbers.label(P1), numbers.label(P2), "Unknown")
        self.approve(recording=recording, text=approved_of(labels))
        return numbers

    def redact(self, word="quietly"):
        from balint_desktop.domain.deidentify.approved import Redaction  # noqa: PLC0415

        at = TEXT.text.index(word)
        redactions = (Redaction(at, at + len(word), "[place]"),)
        return self.texts.redact(self.recording, redacted(TEXT, redactions), redactions, "AB")

    def answer(self, code, purpose, answer):
        taking = ConsentCollection(self.vault.log.consents.today())
        self.vault.log.consents.enter(GROUP, [(code, purpose)], answer, taking)

    def withdraw(self, code=P1, asks=Asks.REMOVE_WORDS):
        """Enter a withdrawal under a rule, and return it."""
        self.vault.log.consents.save_study(GROUP, Study(withdrawal_asks=asks))
        taking = ConsentCollection(self.vault.log.consents.today())
        consent_gate.withdraw(self.vault.log, GROUP, code, taking)
        return self.left(code)

    def left(self, code=P1):
        return next(one for one in consent_gate.withdrawals(self.vault.log, GROUP) if one.code == code)

    def matters(self):
        """Return what is open about withdrawals."""
        found = self.vault.log.consent_matters.open_matters(self.vault.log.consents.today())
        return [one.kind for one in found]

    def retained(self):
        today = self.vault.log.retention.today()
        return {one.retained.kind: one for one in GroupRetention(self.vault.log, GROUP, today).items()}
