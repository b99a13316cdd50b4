"""The gate of names over a vault: which doors it watches, what it says, and what it does while names are locked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from accounts import GROUP, keep_six_weeks, six_weeks_group
from clocks import WoundClock
from planted_names import with_roster
from vaults import make_vault

from balint_desktop.domain.deidentify.typed_text import TypedPlace
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.study.doors import FOR_NAMES, GATED, HERE, OURS_ALONE, SEALED, SOUND, Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence
from balint_desktop.vault.name_gate import OutgoingFile, pass_names

NAMED = OutgoingFile("x.txt", b"Zoltan was quiet")
CLEAN = OutgoingFile("x.txt", b"P1 was quiet")


@pytest.fixture
def vault(tmp_path):
    made = make_vault(tmp_path / "vault").open(WoundClock())
    keep_six_weeks(made)
    with_roster(made, "Zoltan Fekete", "Grace Hall")
    yield made
    made.close()


def refused(vault, door, file, group=GROUP):
    with pytest.raises(Trouble) as raised:
        pass_names(vault, door, (file,), group)
    return raised.value


@pytest.mark.parametrize("door", sorted(GATED))
def test_a_gated_door_lets_a_file_without_a_name_through_and_none_with_one(vault, door):
    pass_names(vault, door, (CLEAN,), GROUP)

    assert refused(vault, door, NAMED).code is TroubleCode.NAME_IN_EXPORT


@pytest.mark.parametrize("door", sorted(FOR_NAMES | SEALED | HERE | OURS_ALONE))
def test_a_door_for_names_or_of_what_nobody_reads_is_not_watched(vault, door):
    pass_names(vault, door, (NAMED,), GROUP)


@pytest.mark.parametrize("door", sorted(SOUND))
def test_a_sound_file_is_watched_by_its_name_alone(vault, door):
    pass_names(vault, door, (OutgoingFile("session-3.opus", b"OggS sound"),), GROUP)

    assert refused(vault, door, OutgoingFile("zoltan.opus", b"")).details == {"part": "file name"}


def test_a_file_about_the_whole_vault_is_searched_for_the_names_of_all_groups(vault):
    assert refused(vault, Door.LOG, NAMED, None).code is TroubleCode.NAME_IN_EXPORT


def test_a_refusal_says_the_place_and_never_the_name(vault):
    words = sentence(refused(vault, Door.LOG, NAMED))

    assert words == (
        "The text contains the name of someone on the roster. Nothing left the vault. "
        "Take the name out, then try again."
    )


def test_a_name_in_a_process_note_is_said_to_be_there(vault):
    session = vault.log.sessions.sessions(GROUP)[0]
    vault.log.sessions.close(session.id, Debrief("Grace was quiet"))
    trouble = refused(vault, Door.LOG, OutgoingFile("log.csv", b"day,process\n2026-03-04,Grace was quiet\n"))

    assert trouble.details == {
        "place": TypedPlace.PROCESS_NOTE.value,
        "group": GROUP,
        "session": session.id,
        "number": session.setting.number,
    }
    assert sentence(trouble).startswith(f"The note on process of session {session.setting.number} contains the name")


def test_a_name_in_the_file_s_name_is_said_to_be_there(vault):
    trouble = refused(vault, Door.LOG, OutgoingFile("Zoltan.txt", b"quiet"))

    assert sentence(trouble).startswith("The file’s name contains the name of someone on the roster.")


@pytest.mark.parametrize("release", ["lock", "begin_session"])
def test_while_names_are_locked_nothing_that_is_gated_leaves_and_the_rest_does(vault, release):
    getattr(vault, release)()

    assert refused(vault, Door.CARD, CLEAN).code is TroubleCode.NAMES_LOCKED
    for door in FOR_NAMES | SEALED | HERE | OURS_ALONE:
        pass_names(vault, door, (CLEAN,), GROUP)


def test_with_a_roster_that_is_damaged_nothing_that_is_gated_leaves(vault):
    vault.places.roster(GROUP).write_bytes(b"not sealed")

    assert refused(vault, Door.CARD, CLEAN).code is TroubleCode.SEALED_DAMAGED
    assert refused(vault, Door.LOG, CLEAN, None).code is TroubleCode.SEALED_DAMAGED


def test_a_group_without_a_roster_exports_while_the_vault_is_locked(vault):
    vault.rosters.destroy(GROUP)
    vault.lock()

    pass_names(vault, Door.CARD, (CLEAN,), GROUP)


def test_once_the_code_key_is_destroyed_there_are_no_names_to_look_for(vault):
    vault.rosters.destroy(GROUP)

    pass_names(vault, Door.LOG, (NAMED,), GROUP)


def test_a_pdf_is_read_by_what_it_was_made_of_and_without_that_not_let_through(vault):
    made = OutgoingFile("x.pdf", b"%PDF-1.7", ("<p>P1 was quiet</p>", "A title"))
    pass_names(vault, Door.GROUP_REPORT, (made,), GROUP)

    named = OutgoingFile("x.pdf", b"%PDF-1.7", ("<p>P1</p>", "Of Zoltan"))
    assert refused(vault, Door.GROUP_REPORT, named).code is TroubleCode.NAME_IN_EXPORT
    bare = OutgoingFile("x.pdf", b"%PDF-1.7")
    assert refused(vault, Door.GROUP_REPORT, bare).code is TroubleCode.EXPORT_UNREADABLE


def test_the_group_s_own_name_is_watched_too(vault):
    vault.log.groups.save_group(replace(six_weeks_group(), name="Zoltan’s group"))
    dates = OutgoingFile("dates.ics", "BEGIN:VCALENDAR\nSUMMARY:Zoltan’s group".encode())
    trouble = refused(vault, Door.CALENDAR, dates)

    assert sentence(trouble).startswith("The group’s name contains the name of someone on the roster.")
