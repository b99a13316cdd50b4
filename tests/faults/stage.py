"""The stage of a fault: a vault with a group, a session led by a process under test, and reading it afterwards."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import watermark
from faults.led import Ended, Led
from faults.telling import as_told
from vaults import make_vault

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.group.group import Group, Participant, new_participants
from balint_desktop.domain.values import GroupId
from balint_desktop.ogg.duration import whole_pages
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed.names import part_folders
from balint_desktop.sealed.reading import PartState, read_part
from balint_desktop.sealed.recording import read_key

_PROPER = {Condition.COMPLETE, Condition.INTERRUPTED, Condition.EMPTY}


@dataclass
class Stage:
    """One vault, and one session in it that may be left and resumed many times."""

    folder: Path
    environment: dict
    made: object = None
    committed: list = field(default_factory=list)
    """Every fact that any process under test reported as committed."""
    seen: dict = field(default_factory=dict)
    """The content of each part when it was first opened."""

    def __post_init__(self):
        self.made = make_vault(self.folder / "vault")
        agreed = tuple(Participant(member.code, agreed_to_recording=True) for member in new_participants(3))
        with self.vault() as vault:
            vault.log.groups.save_group(Group(GroupId("g"), "Fault group", participants=agreed))

    def vault(self):
        return _Opened(self.made)

    def lead(self, kind, seed, passphrase=None):
        """Start a process that leads: with the vault's secret, or typing the passphrase at the gate."""
        opens = {"secret": self.made.secret.to_text()} if passphrase is None else {"passphrase": passphrase}
        return Led(kind, vault=self.made.folder, environment=self.environment, seed=seed, **opens)

    # --- the log ---

    def lost_facts(self, led):
        """Return how many facts reported as committed are missing from the log, and remember the others."""
        self.committed += led.facts()
        with self.vault() as vault:
            rows = vault.log.sessions.sessions()
            kept = [as_told(fact) for fact in vault.log.sessions.facts(rows[0].id)] if rows else []
            broken = vault.log.audit.broken_at()
        lost = [fact for fact in self.committed if fact not in kept]
        # A fact committed and not yet reported is no loss, and precedes what comes next.
        self.committed = kept
        return len(lost) + (broken is not None)

    # --- the sound ---

    def parts(self):
        """Return the folders of the recording's parts."""
        recordings = list((self.made.folder / "recordings").iterdir())
        return part_folders(recordings[0]) if recordings else []

    def part(self, folder):
        """Open a part with the vault's keys."""
        key = read_key(Path(folder).parent, [one.secret for one in self.made.secret.identities])
        return read_part(Path(folder), [key.secret])

    def sound(self, folder):
        """Return a part's sound, -1 to 1, and its state."""
        part = self.part(folder)
        return samples(part.ogg), part.state

    def all_opens(self):
        """Return whether the recording opens completely, and every part still as it did before."""
        with self.vault() as vault:
            shelf = RecordingService(vault, open_pcm, encode_pcm)
            found = [shelf.open(sources) for sources in shelf.sources()]
        for opened in found:
            if opened.listed.condition not in _PROPER:
                return False
            for number, ogg in opened.sounds.items():
                mark = hashlib.sha256(ogg).hexdigest()
                if self.seen.setdefault(number, mark) != mark:
                    return False
        return True


class _Opened:
    """A vault opened for a moment; a process killed just now may still hold it."""

    def __init__(self, made):
        self._made = made

    def __enter__(self):
        self._vault = self._made.open()
        return self._vault

    def __exit__(self, *_):
        self._vault.close()


def samples(ogg):
    """Return the readable sound of Ogg Opus bytes, -1 to 1."""
    pieces = [np.zeros(0, "float32")]
    try:
        with soundfile.SoundFile(io.BytesIO(whole_pages(ogg))) as file:
            # Piece by piece: a file without its end does not state its length.
            piece = np.zeros(watermark.RATE_HZ, "float32")
            while frames := file.buffer_read_into(piece, dtype="float32"):
                pieces.append(piece[:frames].copy())
    except soundfile.LibsndfileError:
        pass
    return np.concatenate(pieces)


@dataclass(frozen=True)
class Lost:
    """Missing sound in seconds: at the end, up to the fault, and inside."""

    end_s: float
    inside_s: float
    state: PartState

    @property
    def seconds(self):
        return max(0.0, self.end_s) + self.inside_s


def lost_sound(stage, witness, folder, heard_until, first_level):
    """Return the loss in the part that was being written when the fault came.

    `heard_until` is what the witness had heard by then; `first_level` the first that the recorder said of itself, None
    where it had not yet said that it hears anything, so that nothing had begun.
    """
    if heard_until is None:
        raise Ended("the witness heard nothing")
    sound, state = stage.sound(folder)
    found = watermark.find(sound)
    until = watermark.reaches(sound)
    if until is None:
        by_then = None if first_level is None else witness.heard_by(first_level["at_s"])
        if by_then is None:
            return Lost(0.0, 0.0, state)
        began = by_then - first_level["seconds"]
        # Too little to be found again is not zero: its length counts.
        until = began + len(sound) / watermark.RATE_HZ
    return Lost(heard_until - until, float(watermark.holes(found)), state)
