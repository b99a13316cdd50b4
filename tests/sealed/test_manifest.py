"""A manifest is written with a checksum of its own, and read as untrusted input."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.manifest import NAME, Manifest
from balint_desktop.sealed.verified_copy import Copied

SHA = hashlib.sha256(b"sealed").hexdigest()
MANIFEST = Manifest(
    "20260301-ab12",
    "backup",
    1_772_000_000.5,
    "r-1",
    {"recordings/r-1/key.age": Copied(6, SHA), "log.db": Copied(0, SHA)},
    ("recordings/r-1/02",),
)


def checksum(document):
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def document(**changed):
    """Return the manifest's document without its checksum, with some entries changed."""
    content = json.loads(MANIFEST.to_json())
    del content["sha256"]
    return content | {name.replace("_", "-"): value for name, value in changed.items()}


def checked(content):
    """Return a document as a manifest file whose checksum is right."""
    return json.dumps({**content, "sha256": checksum(content)}).encode()


def code_of(data):
    with pytest.raises(Trouble) as caught:
        Manifest.from_json(data)
    return caught.value.code


def test_a_manifest_lists_its_files_by_name_with_size_and_fingerprint_and_ends_with_its_checksum():
    content = {
        "balint-desktop-parcel": 1,
        "id": "20260301-ab12",
        "kind": "backup",
        "made": 1_772_000_000.5,
        "recording": "r-1",
        "left-out": ["recordings/r-1/02"],
        "files": {"log.db": [0, SHA], "recordings/r-1/key.age": [6, SHA]},
    }

    assert MANIFEST.to_json() == json.dumps({**content, "sha256": checksum(content)}, indent=1).encode()
    assert NAME == "manifest.json"


def test_a_manifest_reads_back_as_it_was_written():
    assert Manifest.from_json(MANIFEST.to_json()) == MANIFEST


def test_a_manifest_of_nothing_but_its_head_reads_back_empty():
    head = Manifest("a", "share", 0.0)

    assert (head.recording, head.files, head.left_out) == ("", {}, ())
    assert Manifest.from_json(head.to_json()) == head


@pytest.mark.parametrize("entry", [*document(), "sha256"])
def test_a_manifest_without_one_of_its_entries_is_damaged(entry):
    content = {name: value for name, value in document().items() if name != entry}
    data = json.dumps(content).encode() if entry == "sha256" else checked(content)

    assert code_of(data) is TroubleCode.BACKUP_LIST_DAMAGED


@pytest.mark.parametrize(
    "changed", [{"id": "other"}, {"kind": "share"}, {"made": 1.0}, {"recording": ""}, {"left_out": []}, {"files": {}}]
)
def test_an_entry_changed_without_the_checksum_is_damage(changed):
    content = {**document(**changed), "sha256": checksum(document())}

    assert code_of(json.dumps(content).encode()) is TroubleCode.BACKUP_LIST_DAMAGED
    assert Manifest.from_json(checked(document(**changed))) != MANIFEST


def test_a_manifest_of_a_newer_version_says_so_even_if_its_checksum_is_made_otherwise():
    newer = json.dumps(document(balint_desktop_parcel=2) | {"sha256": "made otherwise"}).encode()

    assert code_of(newer) is TroubleCode.VAULT_NEWER


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"[" * 200_000,
        checked(document(balint_desktop_parcel="1")),
        checked(document(files=[])),
        checked(document(files={"log.db": [1]})),
        checked(document(files={"log.db": [1, SHA, 3]})),
        checked(document(files={"log.db": ["many", SHA]})),
        checked(document(files={"log.db": None})),
        checked(document(files={"log.db": [float("inf"), SHA]})),
        checked(document(made="yesterday")),
        checked(document(made=10**400)),
        checked(document(left_out=3)),
    ],
)
def test_what_is_no_manifest_is_damage(data):
    assert code_of(data) is TroubleCode.BACKUP_LIST_DAMAGED


OUTSIDE = ["", "/etc/passwd", "../key.age", "a/../../b", "a//b", "a/", "./a", "a/.", "c:x", "a\\b", "a\0b"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_manifest_with_a_path_that_leads_out_of_the_parcel_is_refused(name):
    listed = replace(MANIFEST, files={"log.db": Copied(0, SHA), name: Copied(6, SHA)})

    assert code_of(listed.to_json()) is TroubleCode.BACKUP_LIST_DAMAGED


@pytest.mark.parametrize("name", ["a", "a/b/c.age", "..a", "a..", "...", ".hidden/x"])
def test_a_path_inside_the_parcel_is_accepted(name):
    listed = replace(MANIFEST, files={name: Copied(6, SHA)})

    assert Manifest.from_json(listed.to_json()) == listed
