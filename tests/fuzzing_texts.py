"""Spoiled or malicious transcripts: read within bounds and placed in order, or refused with a Trouble."""

from __future__ import annotations

import contextlib
import io
import zipfile

from deidentified_values import approved, decided
from spoiling import spoiled
from transcript_files import FILES
from transcript_values import require_ordered

from balint_desktop.domain.deidentify.approved import ApprovedText, approved_from_json, approved_to_json
from balint_desktop.domain.deidentify.decisions import Decisions, PageTick, decisions_from_json, decisions_to_json
from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.transcript.imported_text import suggested_speakers
from balint_desktop.domain.transcript.placing import placed
from balint_desktop.domain.trouble import Trouble
from balint_desktop.transcription.text_import.read_text import MAX_WORDS, parse_text


def transcript_file(rng, folder):
    """A transcript of another program, spoiled."""
    _read(spoiled(rng, FILES[rng.choice(sorted(FILES))], most=6))


def transcript_document(rng, folder):
    """A Word document with the XML of its text spoiled."""
    out = io.BytesIO()
    name = rng.choice([name for name in sorted(FILES) if name.endswith(".docx")])
    with zipfile.ZipFile(io.BytesIO(FILES[name])) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.namelist():
            data = before.read(member)
            after.writestr(member, spoiled(rng, data, most=4) if member == "word/document.xml" else data)
    _read(out.getvalue())


def deidentified_files(rng, folder):
    """Decisions, study numbers and an approved text, spoiled, as unsealed bytes."""
    text = approved(("R1", "kererū"), ("", "[silence]"), ("R2", "quietly"))
    known = Decisions().with_decision(decided("Ward")).with_tick(PageTick(1, "AB", "a", 1.0))
    for data, read in (
        (approved_to_json(text), approved_from_json),
        (decisions_to_json(known), decisions_from_json),
        (StudyNumbers({"P1": 1, "P2": 2}, 2).to_json(), StudyNumbers.from_json),
    ):
        with contextlib.suppress(ValueError):
            found = read(spoiled(rng, data))
            if isinstance(found, ApprovedText):
                assert found.sha256
                assert all(found.text[turn.begin : turn.end] or turn.begin == turn.end for turn in found.turns)


def _read(data):
    with contextlib.suppress(Trouble):
        text = parse_text(data, "transcript")
        assert 0 < sum(len(piece.text.split()) for turn in text.turns for piece in turn.pieces) <= MAX_WORDS
        require_ordered(placed(text, suggested_speakers(text), [(1_000, 9_000)], 60_000))
