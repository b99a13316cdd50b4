"""How the laptop is handed round: the keys are let go, one page alone is left, and the passphrase leads back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.locking import clear_secrets
from balint_desktop.ui.shell.shell import PlaceKey

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.domain.evaluation.written_part import Sheet
    from balint_desktop.ui.group.evaluation.handover_page import HandoverPage
    from balint_desktop.vault.log.evaluation import Entered


class Handing:
    """Shows the page that is handed round.

    The vault is locked meanwhile: no key that opens a recording or a roster is in memory, and nothing new is recorded.
    Its log stays open, so that answers can be kept. `page` is what is handed round, None while nothing is.
    """

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self.page: HandoverPage | None = None
        self._part = ""
        # The last sheet that was entered from paper, and what takes it back: gone as the next one begins.
        self._last: Entered | None = None
        self._undo: Callable[[], None] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether somebody else has the laptop."""
        return self.page is not None

    def start(self, part: str, back: Callable[[], None], *, from_paper: bool = False) -> None:
        """Hand the laptop round for a written part that is open; the passphrase leads `back`. Raise Trouble."""
        from balint_desktop.ui.group.evaluation.handover_page import HandoverDeps, HandoverPage

        owner = self._owner
        vault = owner.open_vault()
        asked = vault.log.evaluation.part(part).questionnaire
        self._part = part
        clear_secrets.close_other_windows(owner.shell)
        clear_secrets.empty_clipboard()
        owner.messages.clear()
        owner.undoing.clear()
        vault.lock()
        page = HandoverPage(
            HandoverDeps(
                asked,
                self._keep_from_paper if from_paper else self._keep,
                owner.gates.by_passphrase,
                owner.gates.by_key,
                from_paper=from_paper,
                begun=self._on_next_begun,
            )
        )
        page.left_open.connect(lambda: self._on_left(back))
        self.page = page
        if owner.session.has_room:
            owner.locking.lock_room()
        else:
            owner.shell.close_places()
        owner.shell.show_gate(page)
        clear_secrets.collect_soon()

    def _keep(self, sheet: Sheet) -> None:
        self._owner.open_vault().log.evaluation.add_sheet(self._part, sheet)
        # A free line may have been copied; the next person must not find it.
        clear_secrets.empty_clipboard()

    # --- from paper: a slip can be taken back until the next sheet is begun ---

    def _keep_from_paper(self, sheet: Sheet) -> None:
        rows = self._owner.open_vault().log.evaluation
        self._last = rows.add_sheet(self._part, sheet)
        if self._last is None:
            self._owner.messages.say(tr("Nothing is on that sheet, so it was not counted."))
            return
        self._undo = self._take_back
        sheets = rows.part(self._part).counts.sheets
        told = tr_n("The sheet is counted, {n} so far.", "The sheet is counted, {n} so far.", sheets)
        self._owner.undoing.did(told.format(n=sheets), self._undo)

    def _take_back(self) -> None:
        if self._last is not None:
            self._owner.open_vault().log.evaluation.take_back(self._part, self._last)
            self._last = None

    def _on_next_begun(self) -> None:
        """Forget the sheet before: it is one of many now."""
        if self._undo is not None:
            self._owner.undoing.forget(self._undo)
            self._owner.messages.clear()
        self._last = self._undo = None

    # --- coming back ---

    def _on_left(self, back: Callable[[], None]) -> None:
        owner = self._owner
        self._on_next_begun()
        self.page = None
        self._part = ""
        if owner.session.has_room:
            owner.locking.unlocked_in_session()
            owner.shell.show_place(PlaceKey.SESSION)
        else:
            owner.locking.warden.touched()
            back()
