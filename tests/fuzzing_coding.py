"""Spoiled or malicious coding files: read as what they are, or refused with a ValueError."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import zipfile

from spoiling import any_json, spoiled
from study_vaults import TWO, approved_text, coding, memo, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.moving import TextMove, moved_memos
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
from balint_desktop.domain.analysis.study import Approach, RoundKind, StudyText, current_memos
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
_ODD = (
    None,
    True,
    -1,
    0,
    2**64,
    1e308,
    1e400,
    float("nan"),
    "",
    "x\0y",
    "\ud800",
    "\u202e",
    [],
    {},
    "../x",
    "c1",
    "m1",
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
    """A parcel or what came back: bytes of the archive spoiled, or one of its members, or other JSON in its place."""
    file = rng.choice([_PARCEL, _RETURN])
    ways = (
        lambda: spoiled(rng, file),
        lambda: _with_member(rng, file, spoiled),
        lambda: _with_member(rng, file, _any),
        lambda: _with_member(rng, file, _changed),
        lambda: _with_member(rng, file, _changed),
    )
    data = rng.choice(ways)()
    parcel = coded = None
    with contextlib.suppress(ValueError):
        parcel = read_parcel(data)
    with contextlib.suppress(ValueError):
        coded = read_return(data)
    if parcel is not None:
        assert all(one.text.sha256 == one.about.sha256 for one in parcel.texts)
        assert read_parcel(parcel_to_zip(parcel)) == parcel
        _require_storable(*parcel.earlier.values(), CoderWork(parcel.framework or Codebook()))
    if coded is not None:
        assert read_return(return_to_zip(coded)) == coded
        _require_storable(coded.work)
        current_memos(coded.memos)
        moved_memos(coded.memos, TextMove(_RECORDING, 1, None))


def _require_storable(*works):
    """Check what a study relies on of what it stores: places, numbers, and that each code is shown."""
    for one in works:
        codes = {code.guid for code in one.book.codes}
        assert all(0 <= each.begin < each.end < 2**63 and each.code in codes for each in one.codings.all)
        assert all(0 <= each.wall < 1e12 for each in one.codings.all)
        assert one.book.letters().keys() == codes
        assert len(work_sha256(one, {})) == 64


def _any(rng, _data):
    return json.dumps(any_json(rng)).encode()


def _changed(rng, data):
    """Return JSON with some of its values replaced, or values of one place put in another. Other data stays."""
    try:
        message = json.loads(data)
    except ValueError:
        return data
    for _ in range(rng.randint(1, 3)):
        places = list(_places(message))
        if not places:
            break
        around, key = rng.choice(places)
        other, other_key = rng.choice(places)
        around[key] = rng.choice(_ODD) if rng.random() < 0.7 else copy.deepcopy(other[other_key])
    return json.dumps(message).encode()


def _places(message):
    keys = message.keys() if isinstance(message, dict) else range(len(message)) if isinstance(message, list) else ()
    for key in list(keys):
        yield message, key
        yield from _places(message[key])


def _with_member(rng, file, spoil):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(out, "w") as after:
        chosen = rng.choice(before.namelist())
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, spoil(rng, data) if name == chosen else data)
    return out.getvalue()
