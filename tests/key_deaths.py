"""Invariants of destroying, changing readers and renewing keys when killed; for tests and the table of faults.

Each function kills a real process with SIGKILL `times` times at random moments, restarts after each, and raises
AssertionError where anything is lost. It returns how often the kill came before the end.
"""

from __future__ import annotations

from pathlib import Path

from killing import Deaths, random_deaths
from recorded_vaults import (
    COORDINATOR,
    NAMES,
    OURS,
    STUDY,
    THEIRS,
    TRANSCRIBER,
    Prepared,
    Recorded,
    opens_with,
    prepared,
    recorded,
)

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed.keys import Identity
from balint_desktop.vault import renewal_files, roster_files
from balint_desktop.vault.layout import VaultLayout

HELPER = Reader("Transcriber", TRANSCRIBER.recipient)


def kill_destroying(folder: Path, times: int, seed: int = 1) -> Deaths:
    """Kill while two recordings are being destroyed."""
    worlds: dict[int, Recorded] = {}

    def make(number: int) -> tuple[str, bytes]:
        world = worlds[number] = recorded(folder / f"destroying-{number}")
        return "destroy", world.message(recordings=world.ours)

    return random_deaths(make, lambda n: after_destroying(worlds[n], *worlds[n].ours), times, seed)


def kill_adding_a_reader(folder: Path, times: int, seed: int = 1) -> Deaths:
    """Kill while a reader is being added for earlier recordings too."""
    worlds: dict[int, Recorded] = {}

    def make(number: int) -> tuple[str, bytes]:
        worlds[number] = recorded(folder / f"readers-{number}")
        return "add-reader", worlds[number].message(group=OURS.id, recipient=TRANSCRIBER.recipient)

    return random_deaths(make, lambda n: after_adding_a_reader(worlds[n]), times, seed)


def kill_renewing(folder: Path, times: int, seed: int = 1) -> Deaths:
    """Kill while new keys are confirmed and the renewal is finished."""
    worlds: dict[int, Prepared] = {}

    def make(number: int) -> tuple[str, bytes]:
        made = worlds[number] = prepared(folder / f"renewing-{number}")
        return "renew", made.vault.message(both=made.both.to_text(), aside=str(made.aside))

    return random_deaths(make, lambda n: after_renewing(worlds[n]), times, seed)


def after_destroying(world: Recorded, *destroyed: RecordingId) -> None:
    """Restart: what was to be destroyed is deleted, or the request was never stored; the rest opens."""
    vault = world.open()
    asked = vault.log.keys.destroyed()
    for recording in world.ours:
        if recording in asked:
            assert recording in destroyed
            assert world.is_gone(recording)
            assert asked[recording].completed_wall is not None
        else:
            assert world.opens(recording, *world.secret.identities)
    acts = [row.act for row in vault.log.audit.rows()]
    assert acts.count("recording-destroyed") == acts.count("destroying-asked") == len(asked)
    assert vault.log.audit.broken_at() is None
    vault.close()


def after_adding_a_reader(world: Recorded) -> None:
    """Restart: every key file is the old or the new one, and the intended change is done."""
    vault = world.open()
    was_added = HELPER in vault.log.groups.group(OURS.id).readers
    for recording in world.ours:
        assert world.opens(recording, *world.secret.identities)
        assert world.opens(recording, STUDY)
        assert opens_with(world, recording, TRANSCRIBER) == was_added
        assert (HELPER in vault.log.keys.sealed_to(recording)) == was_added
    assert vault.log.keys.resealings() == {}
    assert vault.log.audit.broken_at() is None
    vault.close()


def roster_opens(made: Prepared, *identities: Identity) -> bool:
    """Return whether the roster opens with these identities."""
    path = VaultLayout(made.folder).roster(OURS.id)
    try:
        return roster_files.read(path, identities) == NAMES
    except Trouble as trouble:
        if trouble.code is not TroubleCode.WRONG_KEY:
            raise
        return False


def after_renewing(made: Prepared) -> None:
    """Restart twice: everything opens, and the old keys open nothing where the new ones apply."""
    holds = renewal_files.is_unfinished(made.folder)
    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert len(vault.log.recordings.recordings()) == 3
    assert vault.log.audit.broken_at() is None
    assert vault.rosters.read(OURS.id) == NAMES
    if holds:
        assert not roster_opens(made, *made.vault.secret.identities)
    for recording in made.vault.ours:
        key = vault.recording_key(recording)
        assert key.recipient == vault.log.recordings.recording(recording).recipient
        assert made.vault.opens(recording, STUDY)
        if holds:
            assert not opens_with(made.vault, recording, *made.vault.secret.identities)
    assert made.vault.opens(made.vault.theirs, COORDINATOR)
    vault.close()
    made.restart()[0].close()
    assert not renewal_files.is_unfinished(made.folder)
    assert [path.name for path in made.folder.iterdir() if "renewal" in path.name or path.suffix == ".new"] == []
