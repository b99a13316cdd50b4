"""Which places there are, in which order, and which of them only with an open vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.shell import PlaceKey

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.ui.shell.place import Place


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that can be offered. Its builder is called when it is first shown, and each time after locking."""

    key: PlaceKey
    label: str
    build: Callable[[Owner], Place]
    of_vault: bool = False


def offers() -> tuple[Offer, ...]:
    """Return every place, in the order of the navigation."""
    return (
        Offer(PlaceKey.TODAY, tr("Today"), _today),
        Offer(PlaceKey.SESSION, tr("Session"), _idle_session),
        Offer(PlaceKey.GROUPS, tr("Groups"), _groups, of_vault=True),
        Offer(PlaceKey.LOG, tr("Log"), _log, of_vault=True),
        Offer(PlaceKey.RECORDINGS, tr("Recordings"), _recordings, of_vault=True),
        Offer(PlaceKey.PATH, tr("My path"), _path, of_vault=True),
        Offer(PlaceKey.SETTINGS, tr("Settings"), _settings),
    )


class Places:
    """Offers the places in the window."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def open(self) -> None:
        """Offer the places: those of the vault where one is open."""
        owner = self._owner
        owner.shell.remove_places()
        owner.drop_leading()
        for offer in offers():
            if owner.vault is not None or not offer.of_vault:
                owner.shell.add_place(offer.key, offer.label, _builder(offer, owner))
        owner.shell.set_can_lock(owner.vault is not None)
        owner.locking.watch()
        owner.shell.show_place(PlaceKey.TODAY)


def _builder(offer: Offer, owner: Owner) -> Callable[[], Place]:
    return lambda: offer.build(owner)


# A place has a module of its own, loaded when the place is first shown: so its imports may stand at its top.


def _today(owner: Owner) -> Place:
    from balint_desktop.app.today import build_today

    return build_today(owner)


def _idle_session(owner: Owner) -> Place:
    from balint_desktop.app.idle_session import build_idle_session

    return build_idle_session(owner)


def _groups(owner: Owner) -> Place:
    from balint_desktop.app.groups import build_groups

    return build_groups(owner)


def _log(owner: Owner) -> Place:
    from balint_desktop.app.log import build_log

    return build_log(owner)


def _recordings(owner: Owner) -> Place:
    from balint_desktop.app.recordings import build_recordings

    return build_recordings(owner)


def _settings(owner: Owner) -> Place:
    from balint_desktop.app.settings import build_settings

    return build_settings(owner)


def _path(owner: Owner) -> Place:
    from balint_desktop.app.accreditation import build_path

    return build_path(owner)
