"""Spoiled or malicious coding files: read as what they are, or refused with a ValueError."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile

from spoiling import any_json, spoiled
from study_vaults import TWO, approved_text, coding, memo, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.parcel import (
    CodedText,
    CodingParcel,
    CodingReturn,
    ParcelText,
    parcel_to_zip,
    read_parcel,
    read_return,
    return_to_zip,
)
from balint_desktop.domain.analysis.study import Approach, RoundKind, StudyText
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.values import RecordingId, SessionKind

_STUDY = "5f0b7d3e-1111-4222-8333-444455556666"
_RECORDING = RecordingId("5f0b7d3e-2222-4222-8333-444455556666")
_TEXT = approved_text()
_WORK = work(coding(_RECORDING, 4, 10, memo="why"), coding(_RECORDING, 20, 30, guid="g2"))
_PARCEL = parcel_to_zip(
    CodingParcel(
        *(_STUDY, "Name", "Question?", Approach.CODEBOOK, "", TWO, "age1study", "ab" * 32, 2),
        kind=RoundKind.FRAMEWORK,
        opened_wall=5.0,
        wanted_by="",
        texts=(ParcelText(StudyText(_RECORDING, "Session 2", 2, SessionKind.CASE, 1, _TEXT.sha256), _TEXT),),
        earlier={1: _WORK},
        framework=Codebook().with_code("f1", "Anger"),
        framework_version=1,
    )
)
_RETURN = return_to_zip(
    CodingReturn(
        *(_STUDY, 1, "cd" * 32, 9.0, work_sha256(_WORK, {_RECORDING: _TEXT.sha256})),
        texts={_RECORDING: CodedText(1, _TEXT.sha256)},
        work=_WORK,
        memos=(memo(TWO.id, text=_RECORDING, begin=4, end=10),),
    )
)


def coding_files(rng, folder):
    """A parcel or what came back: bytes of the archive spoiled, or one of its members, or any JSON in its place."""
    file = rng.choice([_PARCEL, _RETURN])
    ways = (lambda: spoiled(rng, file), lambda: _with_member(rng, file, spoiled), lambda: _with_member(rng, file, _any))
    data = rng.choice(ways)()
    with contextlib.suppress(ValueError):
        parcel = read_parcel(data)
        assert all(one.text.sha256 == one.about.sha256 for one in parcel.texts)
    with contextlib.suppress(ValueError):
        coded = read_return(data)
        codes = {code.guid for code in coded.work.book.codes}
        assert all(0 <= one.begin < one.end and one.code in codes for one in coded.work.codings.all)


def _any(rng, _data):
    return json.dumps(any_json(rng)).encode()


def _with_member(rng, file, spoil):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(out, "w") as after:
        chosen = rng.choice(before.namelist())
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, spoil(rng, data) if name == chosen else data)
    return out.getvalue()
