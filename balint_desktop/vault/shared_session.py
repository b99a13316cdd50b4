"""Read from the log what travels with a sealed copy of a recording."""

from __future__ import annotations

from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.state import replay
from balint_desktop.domain.session.summary import by_number
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.shared_session import (
    SharedPart,
    SharedSession,
    facts_to_share,
    overlay_to_share,
    periods_to_share,
    terms_to_share,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.consent_gate import permitted
from balint_desktop.vault.log.log import Log


def read_shared_session(log: Log, recording: RecordingId, purpose: Purpose) -> SharedSession:
    """Return the session of a recording and the terms it travels under, shared for a purpose today.

    Raise Trouble RECORDING_UNKNOWN for one that the log does not know, or that belongs to no group.
    """
    try:
        made = log.recordings.recording(recording)
        row = log.sessions.session(made.session)
    except KeyError as error:
        raise Trouble(TroubleCode.RECORDING_UNKNOWN) from error
    if row.setting.group is None:
        raise Trouble(TroubleCode.RECORDING_UNKNOWN)
    group, facts = log.groups.group(row.setting.group), log.sessions.facts(row.id)
    attended = replay(parse_format(row.setting.format_text), facts).attended
    return SharedSession(
        recording=recording,
        session=row.id,
        group=group.id,
        number=row.setting.number,
        kind=row.setting.kind,
        format_key=row.setting.format_key,
        format_text=row.setting.format_text,
        facts=facts_to_share(facts, by_number(attended | set(row.corrected.over(Field.PRESENT, ())))),
        parts=tuple(SharedPart(part.part, part.seconds, part.sha256) for part in made.parts),
        overlay=overlay_to_share(row.corrected),
        entered_wall=row.entered_wall,
        group_sessions=group.sessions,
        for_research=group.for_research,
        purposes=permitted(log, recording),
        shared_for=purpose,
        study=terms_to_share(log.consents.study(group.id)),
        periods=periods_to_share(log.retention.clocks(group.id).clocks),
    )
