"""Every way out of the vault, and the consent that each asks for: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.values import RecordingId

USES = frozenset(Purpose) - {Purpose.RECORDING}
"""Uses of a recording. Being recorded is none of them: it does not say who may hear it (practice, section 6)."""


class Door(StrEnum):
    """A way out of the vault: a file, a copy, a print, the clipboard, or sound played here."""

    PLAY = "play"
    SUPERVISION = "supervision"
    SOUND_FILE = "sound-file"
    SEALED_COPY = "sealed-copy"
    SCORES = "scores"
    METHODS = "methods"
    GROUP_REPORT = "group-report"
    LOG = "log"
    ATTENDANCE = "attendance"
    NAMED_ATTENDANCE = "named-attendance"
    CERTIFICATE = "certificate"
    CARD = "card"
    CALENDAR = "calendar"
    LEADER_RECORD = "leader-record"
    OWN_REVIEW = "own-review"
    NAMES = "names"
    AUDIT_TRAIL = "audit-trail"
    ACCESS_REQUESTS = "access-requests"
    CONSENT_FORM = "consent-form"
    CONSENT_COUNTS = "consent-counts"
    QUESTIONNAIRE_SHEET = "questionnaire-sheet"
    BACKUP = "backup"
    RECOVERY_KEY = "recovery-key"
    READER_KEY = "reader-key"
    FLOOR_CARD = "floor-card"
    COPIED_ROWS = "copied-rows"
    TRANSCRIBE = "transcribe"
    TRANSCRIPT = "transcript"
    APPROVED_TEXT = "approved-text"
    APPROVED_FILE = "approved-file"
    CODING_PARCEL = "coding-parcel"
    CODING_RETURN = "coding-return"
    ANALYSIS_REPORT = "analysis-report"
    ANALYSIS_PROJECT = "analysis-project"


class Agreed(StrEnum):
    """Whose agreement a door needs."""

    BY_EVERYONE_IN_IT = "everyone"  # everyone who attended the recorded session
    BY_EACH_PERSON = "each"  # those who agreed pass; the others are left out
    BY_ANYONE = "anyone"  # figures without a person: there must be a study that someone agreed to
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class DoorRule:
    """What a door asks: one of `purposes`, by whom, and why.

    `closes_for_assessor`: it stays shut while whoever leads assesses these students and grades are open.
    """

    agreed: Agreed
    purposes: frozenset[Purpose]
    why: str
    closes_for_assessor: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Proof that the gate let a recording through a door for a purpose; None where the door asks for none.

    Only the gate makes one.
    """

    door: Door
    recording: RecordingId
    purpose: Purpose | None = None


RECORDINGS = frozenset(
    {
        *(Door.PLAY, Door.SUPERVISION, Door.SOUND_FILE, Door.SEALED_COPY),
        *(Door.TRANSCRIBE, Door.TRANSCRIPT, Door.APPROVED_TEXT, Door.APPROVED_FILE, Door.CODING_PARCEL),
        *(Door.ANALYSIS_REPORT, Door.ANALYSIS_PROJECT),
    }
)
"""Doors that a single recording passes."""


def _free(why: str) -> DoorRule:
    return DoorRule(Agreed.NOT_ASKED, frozenset(), why)


# Practice, section 6: purposes are ticked separately; being in the group is teaching and asks for none of them.
DOORS: Mapping[Door, DoorRule] = {
    Door.PLAY: DoorRule(
        Agreed.NOT_ASKED,
        frozenset(),
        "heard here by the person who led and was in the room, as when words of someone who left are to be removed",
        closes_for_assessor=True,
    ),
    Door.SUPERVISION: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.SUPERVISION}),
        "heard here by others: a supervisor, a supervision group",
        closes_for_assessor=True,
    ),
    Door.SOUND_FILE: DoorRule(
        Agreed.BY_EVERYONE_IN_IT, USES, "not encrypted: every voice in it is heard", closes_for_assessor=True
    ),
    Door.SEALED_COPY: DoorRule(
        Agreed.BY_EVERYONE_IN_IT, USES - {Purpose.QUOTATIONS}, "goes to other people, who can open it"
    ),
    Door.SCORES: DoorRule(
        Agreed.BY_EACH_PERSON,
        frozenset({Purpose.ANALYSIS}),
        "a row for each person, for the study",
        closes_for_assessor=True,
    ),
    Door.METHODS: DoorRule(
        Agreed.BY_ANYONE, frozenset({Purpose.ANALYSIS}), "figures for a publication, without a person in them"
    ),
    Door.GROUP_REPORT: _free("counts of a group’s teaching, without a person in them"),
    Door.LOG: _free("the record of teaching: when the group met and how the hour went"),
    Door.ATTENDANCE: _free("the record of teaching: who attended"),
    Door.NAMED_ATTENDANCE: _free("who attended, by name, for a course that asked for it"),
    Door.CERTIFICATE: _free("made for the person it names"),
    Door.CARD: _free("the plan of an hour, and nothing that was said in it"),
    Door.CALENDAR: _free("dates alone"),
    Door.LEADER_RECORD: _free("the facilitator’s own record"),
    Door.OWN_REVIEW: _free("the facilitator’s own reflection"),
    Door.NAMES: _free("the class list, for whoever teaches"),
    Door.AUDIT_TRAIL: _free("acts and fingerprints, without an answer or a name"),
    Door.ACCESS_REQUESTS: _free("what people asked about their own data"),
    Door.CONSENT_FORM: _free("blank"),
    Door.CONSENT_COUNTS: _free("for the ethics committee; kept by whoever keeps the consents"),
    Door.QUESTIONNAIRE_SHEET: _free("blank"),
    Door.BACKUP: _free("sealed to this vault alone"),
    Door.RECOVERY_KEY: _free("the facilitator’s own key"),
    Door.READER_KEY: _free("a public key: others seal to it, and it opens nothing"),
    Door.FLOOR_CARD: _free("two printed words"),
    Door.TRANSCRIBE: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.TRANSCRIPTION}),
        "what was said becomes text, by the engine, by hand or from a file",
        closes_for_assessor=True,
    ),
    Door.TRANSCRIPT: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.TRANSCRIPTION}),
        "the text is read here, or printed to the terminal, not encrypted and not de-identified",
        closes_for_assessor=True,
    ),
    Door.APPROVED_TEXT: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.ANALYSIS, Purpose.SUPERVISION}),
        "the de-identified text is approved into the study, or read here, for analysis or for supervision",
        closes_for_assessor=True,
    ),
    Door.APPROVED_FILE: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.ANALYSIS, Purpose.SHARING}),
        "the approved text, de-identified, as a file that is not encrypted: for the study, or for others",
        closes_for_assessor=True,
    ),
    Door.CODING_PARCEL: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.ANALYSIS}),
        "the approved text, sealed to one coder, with that coder’s own work and nobody else’s",
        closes_for_assessor=True,
    ),
    Door.CODING_RETURN: _free("what a coder made of a text that came to them, sealed to the study it came from"),
    Door.ANALYSIS_REPORT: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.ANALYSIS, Purpose.SHARING}),
        "what an analysis came to, not encrypted: themes, codes, reasons, and quotations of those who agreed to it",
        closes_for_assessor=True,
    ),
    Door.ANALYSIS_PROJECT: DoorRule(
        Agreed.BY_EVERYONE_IN_IT,
        frozenset({Purpose.ANALYSIS, Purpose.SHARING}),
        "approved texts with their coding as a project for other software, not encrypted",
        closes_for_assessor=True,
    ),
    Door.COPIED_ROWS: _free("rows that the screen shows: sessions, recordings by length and state; no sound"),
}

FILES: Mapping[str, Door] = {
    "log": Door.LOG,
    "log-by-code": Door.LOG,
    "log-phases": Door.LOG,
    "log-questions": Door.LOG,
    "log-in-full": Door.LOG,
    "attendance": Door.ATTENDANCE,
    "attendance-with-names": Door.NAMED_ATTENDANCE,
    "audit-trail": Door.AUDIT_TRAIL,
    "group-report": Door.GROUP_REPORT,
    "certificate": Door.CERTIFICATE,
    "leader-record": Door.LEADER_RECORD,
    "methods": Door.METHODS,
    "methods-copied": Door.METHODS,
    "access-requests": Door.ACCESS_REQUESTS,
    "scores": Door.SCORES,
    "dates": Door.CALENDAR,
    "reader-key": Door.READER_KEY,
}
"""The door of each kind of file, by its name in the audit trail."""


# What is looked for at a door: each stands in exactly one of these.
FOR_NAMES = frozenset({Door.NAMES, Door.CERTIFICATE, Door.NAMED_ATTENDANCE})
"""Their purpose is names."""
SEALED = frozenset(
    {Door.SEALED_COPY, Door.BACKUP, Door.RECOVERY_KEY, Door.READER_KEY, Door.CODING_PARCEL, Door.CODING_RETURN}
)
"""Nobody reads what leaves by them who has no key, or it is a key and nothing else."""
SOUND = frozenset({Door.SOUND_FILE})
"""Voices, which say names: consents decide on them. Tags, comments and the file's name are searched for names."""
HERE = frozenset({Door.PLAY, Door.SUPERVISION, Door.TRANSCRIBE, Door.TRANSCRIPT, Door.APPROVED_TEXT})
"""Heard, read or written here, by who has the vault open: nothing leaves."""
OURS_ALONE = frozenset({Door.FLOOR_CARD})
"""Every word of it is the program's own, so that there is nothing to look for."""
GATED = frozenset(
    {
        *(Door.SCORES, Door.METHODS, Door.GROUP_REPORT, Door.LOG, Door.ATTENDANCE, Door.CARD, Door.CALENDAR),
        *(Door.LEADER_RECORD, Door.OWN_REVIEW, Door.AUDIT_TRAIL, Door.ACCESS_REQUESTS, Door.CONSENT_FORM),
        *(Door.CONSENT_COUNTS, Door.QUESTIONNAIRE_SHEET, Door.COPIED_ROWS, Door.APPROVED_FILE),
        *(Door.ANALYSIS_REPORT, Door.ANALYSIS_PROJECT),
    }
)
"""What leaves by them is searched for every name of the roster, in its finished bytes."""


def door_of_file(kind: str) -> Door:
    """Return the door of a kind of file. Raise ValueError for a kind without one: nothing leaves by no door."""
    try:
        return FILES[kind]
    except KeyError:
        raise ValueError(f"no door for files of the kind {kind}") from None
