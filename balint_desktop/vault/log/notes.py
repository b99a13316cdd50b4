"""Full-text search over the facilitator's notes, inside the encrypted log."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from balint_desktop.domain.snippets import snippet
from balint_desktop.domain.values import SessionId
from balint_desktop.vault.log.database import Database


class NoteKind(StrEnum):
    """The kind of note. The log indexes the process note itself."""

    PROCESS = "process"
    SELF_REVIEW = "self-review"


class NoteRows:
    """The index of notes. Empty notes, and those of deleted sessions, are removed from it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def index_note(self, session: SessionId, kind: NoteKind, text: str) -> None:
        """Index a note, replacing the earlier one. Raise Trouble."""
        with self._database.together():
            self._database.run("DELETE FROM noted WHERE session_id = ? AND kind = ?", (session, kind))
            if text.strip():
                ((place,),) = self._database.run(
                    "INSERT INTO noted (session_id, kind) VALUES (?, ?) RETURNING id", (session, kind)
                )
                self._database.run("INSERT INTO notes (rowid, told) VALUES (?, ?)", (place, text))

    def snippets(self, sessions: Sequence[SessionId], words: str) -> Mapping[SessionId, str]:
        """Return snippets around the words in these sessions' notes; only these sessions' texts are read."""
        wanted = match_query(words)
        if not wanted or not sessions:
            return {}
        marks = ", ".join("?" * len(sessions))
        rows = self._database.run(
            "SELECT noted.session_id, notes.told FROM noted JOIN notes ON notes.rowid = noted.id"
            f" WHERE noted.session_id IN ({marks}) ORDER BY noted.id",
            tuple(sessions),
        )
        by_session: dict[SessionId, str] = {}
        for session, text in rows:
            by_session[SessionId(session)] = (
                f"{by_session[SessionId(session)]}\n{text}" if session in by_session else text
            )
        return {session: snippet(text, words) for session, text in by_session.items()}


def match_query(words: str) -> str:
    """Return the FTS query: every word as a prefix; empty if there is none."""
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", words))
