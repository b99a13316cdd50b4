"""Select the files of a parcel, and read what its manifest says of recordings."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import names
from balint_desktop.sealed.disk import is_link
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.reading import is_being_written

README = "README.txt"


def recordings_in(manifest: Manifest) -> dict[RecordingId, dict[str, str]]:
    """Return the files of each recording in a parcel, by their names in the recording's folder."""
    found: dict[RecordingId, dict[str, str]] = {}
    if manifest.recording:
        sealed = {name: of.sha256 for name, of in manifest.files.items() if name != README}
        return {RecordingId(manifest.recording): sealed}
    for name, of in manifest.files.items():
        steps = name.split("/", 2)
        if len(steps) == 3 and steps[0] == "recordings":
            found.setdefault(RecordingId(steps[1]), {})[steps[2]] = of.sha256
    return found


def recording_files(recording: Path) -> tuple[dict[str, Path], list[str]]:
    """Return the sealed files of a recording, and the names of the parts a recorder has locked."""
    found: dict[str, Path] = {}
    held: list[str] = []
    for path in sorted(recording.iterdir()):
        if path.is_file() and is_sealed(path):
            found[path.name] = path
    for part in names.part_folders(recording):
        if is_being_written(part):
            held.append(part.name)
            continue
        found |= {f"{part.name}/{one.name}": one for one in sorted(part.iterdir()) if is_sealed(one)}
    return found, held


def is_sealed(path: Path) -> bool:
    """Return whether a file is a complete sealed file: no lock, no partial write, no foreign file, no link."""
    return (
        path.is_file()
        and not is_link(path)
        and path.suffix == ".age"
        and path.name not in {names.INCOMING, names.OUTGOING}
    )
