"""Names on the pages before and after a session: read on demand, held by the page alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from balint_desktop.domain.group.roster import Roster


class NamesSource(Protocol):
    """The roster of the session's group. A session drops the keys, so reading it may need the passphrase."""

    def exist(self) -> bool:
        """Return whether the group has a roster."""
        ...

    def can_read(self) -> bool:
        """Return whether the names can be read without the passphrase."""
        ...

    def read(self, shown: Callable[[Roster], None]) -> None:
        """Call `shown` with the names, after asking for the passphrase where it is needed. Raise Trouble."""
        ...

    def in_note(self, text: str) -> tuple[str, ...]:
        """Return the words of a note that name a member; none while the names are locked."""
        ...
