"""What Recordings works with: the shelf, the sound, and what carries recordings in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app.recordings_service import shelf_of
from balint_desktop.app.retention import keeping_desk
from balint_desktop.app.transfer import carriage_of
from balint_desktop.text import transfer
from balint_desktop.ui.group.retention.recording_section import RecordingKeeping
from balint_desktop.ui.recordings.import_form import ImportForm
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.share import ShareButton
from balint_desktop.ui.recordings.sound import SoundDeck

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_recordings(owner: Owner) -> RecordingsPlace:
    """Build the place where recordings are listed, heard, carried and destroyed."""
    shelf = shelf_of(owner.open_vault())
    playback = Playback(SoundDeck, owner.work.post)
    carriage = carriage_of(owner)
    place = RecordingsPlace(
        lambda: shelf,
        playback,
        owner.work,
        owner.messages,
        backups=lambda recording: transfer.backups_hold(carriage.backups_holding(recording)).splitlines(),
        hand_over=ShareButton(
            carriage, owner.work, owner.messages, destroy=lambda recording: place.ask_to_destroy(recording)
        ),
        bring_in=ImportForm(carriage, owner.work, owner.messages),
        keeping=RecordingKeeping(keeping_desk(owner)),
    )
    playback.setParent(place)
    return place
