"""`vault reader-key` and `recordings import DIR`: what is printed, and what is wrong usage."""

from __future__ import annotations

import pytest
from shared_copies import as_earlier_version, relist

from balint_desktop.domain.key_words import key_words
from balint_desktop.sealed.keys import new_identity, seal


def test_the_reader_key_is_printed_with_its_eight_words(shared, reader):
    recipient = shared.here.secret.recipient
    lines = reader("vault", "reader-key").stdout.splitlines()

    assert lines[0] == recipient
    assert " ".join(key_words(recipient)) in lines[1].replace(" · ", " ")
    assert reader.lines("vault", "reader-key") == [
        {"id": recipient, "reader_key": recipient, "words": list(key_words(recipient))}
    ]


def test_a_copy_is_imported_listed_verified_and_exported_for_what_was_agreed(shared, reader, tmp_path):
    done = reader("recordings", "import", str(shared.folder), "--new-group", "Ana’s group")

    assert done.stdout.splitlines() == [
        "Session 3 was imported into the new group Ana’s group.",
        "Everyone in it agreed to: Transcription.",
    ]
    (listed,) = reader.lines("recordings", "list")
    assert (listed["id"], listed["number"], listed["group_name"], listed["condition"], listed["imported"]) == (
        *(shared.recording, 3, "Ana’s group", "complete"),
        None,
    )
    assert listed["sealed_copy"]["shared_for"] == "transcription"
    reader("recordings", "verify")
    file = tmp_path / "it.opus"
    reader("recordings", "export", shared.recording, "--to", str(file), "--not-encrypted", "--purpose", "transcription")
    assert file.stat().st_size


def test_what_was_imported_is_one_json_line(shared, reader):
    (made,) = reader.lines("recordings", "import", str(shared.folder), "--new-group", "Ana’s group")

    assert {name: made[name] for name in ("id", "number", "group_name", "new_group", "purposes", "shared_for")} == {
        "id": shared.recording,
        "number": 3,
        "group_name": "Ana’s group",
        "new_group": True,
        "purposes": ["recording", "transcription"],
        "shared_for": "transcription",
    }


def test_the_same_again_is_one_line(shared, reader):
    reader("recordings", "import", str(shared.folder), "--new-group", "Ana’s group")

    assert reader.wrong("recordings", "import", str(shared.folder)).startswith(
        f"The recording {shared.recording} is in this vault already. Nothing was changed."
    )


def test_without_a_group_it_says_which_options_there_are(shared, reader):
    words = reader.wrong("recordings", "import", str(shared.folder), code=2)

    assert "--group ID" in words
    assert "--new-group NAME" in words


def test_a_copy_of_an_earlier_version_asks_for_number_and_day(shared, reader):
    as_earlier_version(shared.folder)
    import_it = ("recordings", "import", str(shared.folder), "--new-group", "Ana’s group")
    assert "Enter the session’s number and day" in reader.wrong(*import_it)
    assert "2999" not in reader.wrong(*import_it, "--number", "4", "--on", "2999-01-01")

    done = reader(*import_it, "--number", "4", "--on", "2026-03-04")

    assert done.stdout.splitlines()[0] == "Session 4 was imported into the new group Ana’s group."
    (listed,) = reader.lines("recordings", "list")
    assert (listed["began"][:10], listed["purposes"]) == ("2026-03-04", [])


@pytest.mark.parametrize(
    "options",
    [
        ("--session", "x", "--new-group", "G"),
        ("--begins-at", "1:00", "--new-group", "G"),
        ("--group", "x", "--new-group", "G"),
    ],
)
def test_options_that_exclude_each_other_are_wrong_usage(shared, reader, options):
    reader.wrong("recordings", "import", str(shared.folder), *options, code=2)


def test_options_of_a_copy_beside_a_file_are_wrong_usage(reader, tmp_path):
    (tmp_path / "x.wav").write_bytes(b"")

    assert "sealed copy" in reader.wrong("recordings", "import", str(tmp_path / "x.wav"), "--group", "x", code=2)
    assert "--session ID" in reader.wrong("recordings", "import", str(tmp_path / "x.wav"), code=2)


def test_a_copy_for_somebody_else_is_one_line_that_says_what_to_do(shared, reader):
    (shared.folder / "key.age").write_bytes(seal(b"a key", [new_identity().recipient]))
    relist(shared.folder)

    words = reader.wrong("recordings", "import", str(shared.folder), "--new-group", "G")

    assert "was not sealed for this vault" in words
    assert "Send your current reader key" in words
