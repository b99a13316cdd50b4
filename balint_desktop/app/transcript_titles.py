"""The title of a session that is transcribed, from the log alone: no key is needed to say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.transcribing import session_title

if TYPE_CHECKING:
    from balint_desktop.domain.values import RecordingId
    from balint_desktop.vault.log.log import Log


def recording_title(log: Log, recording: RecordingId) -> str:
    """Return the words for the session of a recording. Raise Trouble: RECORDING_UNKNOWN."""
    try:
        setting = log.sessions.session(log.recordings.session_of(recording)).setting
    except KeyError:
        raise Trouble(TroubleCode.RECORDING_UNKNOWN) from None
    group = log.groups.group(setting.group).name if setting.group is not None else ""
    return session_title(group, setting.number, setting.kind)
