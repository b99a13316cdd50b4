"""Session formats: shipped and the user's own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from balint_desktop import resources
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.formats import SessionFormat, parse_format
from balint_desktop.domain.session.prompt_bank import PromptBank, parse_bank
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n.library_texts import FORMAT, translated_bank, translated_format
from balint_desktop.library.files import FileKind, FileLibrary

__all__ = ["FormatLibrary", "shipped_bank"]


# The paper's hour comes first; new shipped formats go where a facilitator would look for them.
_ORDER = ("student-hour", "single-case", "two-cases", "online", "evaluation", "evaluation-online")


def shipped_bank() -> PromptBank:
    """Return the prompt bank shipped with the app, in the user's language."""
    return translated_bank(parse_bank(resources.text("prompts/bank.toml")))


class FormatLibrary(FileLibrary[SessionFormat]):
    """The available formats; their chips and prompts must be in the bank."""

    def __init__(self, folder: Path, bank: PromptBank) -> None:
        super().__init__(
            folder,
            FileKind(
                shipped=resources.folder("formats"),
                order=_ORDER,
                parse=lambda text: parse_format(text, bank),
                invalid=TroubleCode.FORMAT_INVALID,
                missing=TroubleCode.FORMAT_MISSING,
                stem="format",
                translate=translated_format,
                context=FORMAT,
            ),
        )

    def formats(self) -> tuple[SessionFormat, ...]:
        """Return every usable format, the shipped ones first."""
        return self.usable()

    def is_online(self, key: str) -> bool:
        """Return whether a format is held by video call; one that cannot be read is not."""
        with suppress(Trouble):
            return self.load(key).online
        return False

    def key_for(self, group: Group, kind: SessionKind) -> str:
        """Return the key of a group's format for a kind of session: a group that meets online looks back online."""
        return group.format_for(kind, online=self.is_online(group.format_key))
