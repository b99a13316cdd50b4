"""Wording of readers and of the result of changing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.i18n import tr_n
from balint_desktop.text.lists import listed
from balint_desktop.vault.reseal import ResealResult


@dataclass(frozen=True, slots=True)
class KnownReader:
    """A reader, identified by its key, with the groups whose future recordings are sealed to it."""

    reader: Reader
    groups: tuple[Group, ...]


def known_readers(groups: Sequence[Group]) -> tuple[KnownReader, ...]:
    """Return the distinct readers of these groups."""
    first = {reader.recipient: reader for group in groups for reader in reversed(group.readers)}
    return tuple(
        KnownReader(reader, tuple(g for g in groups if any(r.recipient == key for r in g.readers)))
        for key, reader in first.items()
    )


def short_key(recipient: str) -> str:
    """Return a public key shortened for display."""
    return f"{recipient[:12]}…{recipient[-4:]}"


def group_names(groups: Iterable[Group]) -> str:
    """Return the groups' names."""
    return listed([group.name for group in groups])


def resealed(result: ResealResult) -> str:
    """Return the result of resealing earlier recordings, empty if none was requested."""
    done, left = result.done, len(result.left)
    sentences = []
    if done:
        sentences.append(
            tr_n("{n} earlier recording was sealed again.", "{n} earlier recordings were sealed again.", done).format(
                n=done
            )
        )
    if left:
        sentences.append(
            tr_n(
                "{n} earlier recording was not sealed again: it cannot be opened here or its readers are unknown.",
                "{n} earlier recordings were not sealed again: they cannot be opened here or their readers are "
                "unknown.",
                left,
            ).format(n=left)
        )
    return " ".join(sentences)
