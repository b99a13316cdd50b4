"""Coding files as values: read as they were written, whatever else is said to be one refused."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from study_vaults import ME, TWO, approved_text, coding, memo, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.parcel import (
    CodedText,
    CodingParcel,
    CodingReturn,
    NewerParcelError,
    ParcelText,
    parcel_to_zip,
    read_parcel,
    read_return,
    return_to_zip,
)
from balint_desktop.domain.analysis.study import Approach, RoundKind, StudyText, Workplace
from balint_desktop.domain.analysis.work_format import work_from_plain, work_sha256, work_to_plain
from balint_desktop.domain.values import RecordingId, SessionKind

STUDY = "5f0b7d3e-1111-4222-8333-444455556666"
RECORDING = RecordingId("5f0b7d3e-2222-4222-8333-444455556666")
TEXT = approved_text()
ABOUT = StudyText(RECORDING, "Session 2", 2, SessionKind.EVALUATION, 1, TEXT.sha256)
WORK = work(coding(RECORDING, 4, 10, memo="why"), coding(RECORDING, 20, 30, "c2", guid="g2"), names=("A", "B"))
PARCEL = CodingParcel(
    *(STUDY, "Name", "Question?", Approach.RELIABILITY, "governance", replace(TWO, workplace=Workplace.HERE)),
    recipient="age1study",
    ticket="ab" * 32,
    round=2,
    kind=RoundKind.FRAMEWORK,
    opened_wall=5.5,
    wanted_by="2027-10-01",
    texts=(ParcelText(ABOUT, TEXT),),
    earlier={1: WORK},
    framework=Codebook().with_code("f1", "Anger"),
    framework_version=1,
)
BACK = CodingReturn(
    *(STUDY, 1, "cd" * 32, 9.25, work_sha256(WORK, {RECORDING: TEXT.sha256})),
    texts={RECORDING: CodedText(1, TEXT.sha256)},
    work=WORK,
    memos=(memo(TWO.id, text=RECORDING, begin=4, end=10), memo(TWO.id, memo_id="m2", supersedes="m1")),
)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return packed.getvalue()


def with_manifest(data, **changed):
    found = members(data)
    manifest = {**json.loads(found["manifest.json"]), **changed}
    return zipped({**found, "manifest.json": json.dumps(manifest).encode()})


def test_both_are_read_as_they_were_written_and_always_the_same_bytes():
    assert read_parcel(parcel_to_zip(PARCEL)) == PARCEL
    assert read_return(return_to_zip(BACK)) == BACK
    assert parcel_to_zip(PARCEL) == parcel_to_zip(PARCEL)


def test_a_text_is_in_a_parcel_as_its_very_bytes():
    assert members(parcel_to_zip(PARCEL))["texts/001.txt"] == TEXT.text.encode()


def test_which_names_were_left_on_purpose_stays_behind():
    text = replace(TEXT, left=((4, 10),))
    parcel = replace(PARCEL, texts=(ParcelText(ABOUT, text),))

    assert read_parcel(parcel_to_zip(parcel)).texts[0].text.left == ()


def test_a_reader_key_does_not_travel():
    parcel = replace(PARCEL, author=replace(PARCEL.author, reader_key="age1secretly"))

    assert b"age1secretly" not in b"".join(members(parcel_to_zip(parcel)).values())


@pytest.mark.parametrize("read", [read_parcel, read_return])
@pytest.mark.parametrize(
    "data",
    [b"", b"PK", zipped({}), zipped({"manifest.json": b"["}), zipped({"a": b""})],
    # Not their bytes: a zip has its moment in it, and each worker of the tests makes its own.
    ids=["empty", "two letters", "no member", "no JSON", "another member"],
)
def test_what_is_no_coding_file_is_refused(read, data):
    with pytest.raises(ValueError, match=r"coding file|cannot be read|not read"):
        read(data)


def test_one_is_not_read_as_the_other():
    with pytest.raises(ValueError, match="coding file"):
        read_parcel(return_to_zip(BACK))
    with pytest.raises(ValueError, match="coding file"):
        read_return(parcel_to_zip(PARCEL))


def test_a_later_version_is_said_to_be_one():
    with pytest.raises(NewerParcelError):
        read_parcel(with_manifest(parcel_to_zip(PARCEL), format=2))


@pytest.mark.parametrize(
    "changed",
    [
        {"study": "../../etc"},
        {"study": 5},
        {"ticket": "short"},
        {"round": 0},
        {"round": True},
        {"approach": "other"},
        {"texts": []},
        {"author": None},
        {"framework_version": "1"},
        {"format": "1"},
    ],
    ids=repr,
)
def test_a_manifest_that_cannot_be_is_refused(changed):
    with pytest.raises(ValueError, match=r"coding file|cannot be read|not read"):
        read_parcel(with_manifest(parcel_to_zip(PARCEL), **changed))


def test_a_text_that_is_not_the_one_of_the_list_is_refused():
    found = members(parcel_to_zip(PARCEL))
    found["texts/001.json"] = found["texts/001.json"].replace(b"angry", b"happy")
    with pytest.raises(ValueError, match="coding file"):
        read_parcel(zipped(found))


def test_too_large_a_member_is_not_unpacked():
    found = members(return_to_zip(BACK))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in found.items():
            file.writestr(name, data)
        file.writestr("bomb", bytes(64 * 1024 * 1024))
    with pytest.raises(ValueError, match=r"coding file|cannot be read|not read"):
        read_return(packed.getvalue())


@pytest.mark.parametrize(
    "broken",
    [
        {"begin": 10, "end": 10},
        {"begin": -1},
        {"begin": 1.5},
        {"code": "no such"},
        {"guid": "g2"},
        {"memo": None},
    ],
    ids=repr,
)
def test_codings_that_cannot_be_are_refused(broken):
    plain = work_to_plain(WORK)
    plain["codings"][0] |= broken
    with pytest.raises((ValueError, TypeError)):
        work_from_plain(plain)


def test_the_fingerprint_does_not_know_the_order_of_acts_and_knows_all_else():
    texts = {RECORDING: TEXT.sha256}
    turned = CoderWork(Codebook(WORK.book.codes[::-1]), replace(WORK.codings, all=WORK.codings.all[::-1]))

    assert work_sha256(turned, texts) == work_sha256(WORK, texts)
    assert work_sha256(WORK, {RECORDING: "0" * 64}) != work_sha256(WORK, texts)
    assert work_sha256(replace(WORK, codings=WORK.codings.with_memo("g1", "other")), texts) != work_sha256(WORK, texts)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 10_000), st.sampled_from([parcel_to_zip(PARCEL), return_to_zip(BACK)]))
def test_any_bytes_put_anywhere_are_refused_or_read_and_raise_nothing_else(data, place, file):
    at = place % len(file)
    spoilt = file[:at] + data + file[at + len(data) :]
    for read in (read_parcel, read_return):
        try:
            read(spoilt)
        except ValueError:
            continue


def test_me_is_not_in_a_parcel_for_somebody_else():
    assert ME.id.encode() not in b"".join(members(parcel_to_zip(PARCEL)).values())
