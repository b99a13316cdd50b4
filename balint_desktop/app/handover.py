"""Pass the laptop round: drop the keys, show one page alone, return with the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from balint_desktop.app.context import AppContext
from balint_desktop.app.locking import Locking
from balint_desktop.app.session import SessionHost
from balint_desktop.app.unlock import VaultUnlock
from balint_desktop.domain.values import GroupId
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.locking import clear_secrets
from balint_desktop.ui.shell.shell import PlaceKey, Shell

if TYPE_CHECKING:
    from balint_desktop.domain.evaluation.written_part import Sheet
    from balint_desktop.ui.group.evaluation.handover_page import HandoverPage
    from balint_desktop.vault.log.evaluation import Entered


class Handover(QObject):
    """Shows the page used while the laptop is passed round.

    The vault is locked meanwhile: no key that opens a recording or a roster is in memory, and nothing new is recorded.
    Its log stays open, so that answers can be saved. `page` is None while no handover runs.
    """

    started = Signal()
    """The keys are about to be dropped: what needs them stops now."""
    ended = Signal()
    """The laptop is back, and the passphrase was typed."""

    def __init__(
        self, context: AppContext, shell: Shell, *, session: SessionHost, locking: Locking, unlock: VaultUnlock
    ) -> None:
        super().__init__()
        self._context = context
        self._shell = shell
        self._session = session
        self._locking = locking
        self._unlock = unlock
        self.page: HandoverPage | None = None
        self._part = ""
        # The last sheet entered from paper, and its undo: discarded when the next one begins.
        self._last: Entered | None = None
        self._undo: Callable[[], None] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether the laptop is being passed round."""
        return self.page is not None

    def start_in_session(self, group: str) -> None:
        """Start a handover in the running session, for the group's open written part or a new one."""
        with self._context.messages.attempt():
            self.start(self._open_part(GroupId(group)), lambda: None)

    def start(self, part: str, back: Callable[[], None], *, from_paper: bool = False) -> None:
        """Start a handover for an open written part; the passphrase leads `back`. Raise Trouble."""
        from balint_desktop.i18n.library_texts import translated_questionnaire
        from balint_desktop.ui.group.evaluation.handover_page import HandoverDeps, HandoverPage

        vault = self._context.vault.open_vault()
        asked = translated_questionnaire(vault.log.evaluation.part(part).questionnaire)
        self._part = part
        clear_secrets.close_other_windows(self._shell)
        clear_secrets.empty_clipboard()
        self._context.messages.clear()
        self._context.undo.clear()
        self.started.emit()
        vault.lock()
        page = HandoverPage(
            HandoverDeps(
                asked,
                self._save_from_paper if from_paper else self._save,
                self._unlock.by_passphrase,
                self._unlock.by_key,
                from_paper=from_paper,
                on_begun=self._on_next_begun,
            )
        )
        page.left_open.connect(lambda: self._on_left(back))
        self.page = page
        if self._session.is_room_open:
            self._locking.lock_room()
        else:
            self._shell.close_places()
        self._shell.show_gate(page)
        clear_secrets.collect_soon()

    def _open_part(self, group: GroupId) -> str:
        """Return a group's open written part, creating one where there is none. Raise Trouble."""
        from balint_desktop.domain.evaluation.written_part import FLOOR
        from balint_desktop.domain.group.dates import day_of
        from balint_desktop.library.questionnaires import SHIPPED

        log = self._context.vault.open_vault().log
        part = next((part for part in log.evaluation.parts(group) if not part.closed), None)
        if part is not None:
            return part.id
        text = self._context.questionnaires.text(SHIPPED)
        today = day_of(self._context.clock.now().wall)
        return log.evaluation.open_part(group, today, text, FLOOR, log.sessions.latest_evaluation(group))

    def _save(self, sheet: Sheet) -> None:
        self._context.vault.open_vault().log.evaluation.add_sheet(self._part, sheet)
        # A free-text answer may have been copied; clear it for the next person.
        clear_secrets.empty_clipboard()

    # --- from paper: an entry can be undone until the next sheet is begun ---

    def _save_from_paper(self, sheet: Sheet) -> None:
        rows = self._context.vault.open_vault().log.evaluation
        self._last = rows.add_sheet(self._part, sheet)
        if self._last is None:
            self._context.messages.inform(tr("The sheet is blank, so it was not counted."))
            return
        self._undo = self._undo_sheet
        sheets = rows.part(self._part).counts.sheets
        words = tr_n("Sheet counted: {n} so far.", "Sheet counted: {n} so far.", sheets)
        self._context.undo.push(words.format(n=sheets), self._undo)

    def _undo_sheet(self) -> None:
        if self._last is not None:
            self._context.vault.open_vault().log.evaluation.undo_sheet(self._part, self._last)
            self._last = None

    def _on_next_begun(self) -> None:
        """Discard the undo of the previous sheet: it is one of many now."""
        if self._undo is not None:
            self._context.undo.forget(self._undo)
            self._context.messages.clear()
        self._last = self._undo = None

    # --- end of a handover ---

    def _on_left(self, back: Callable[[], None]) -> None:
        self._on_next_begun()
        self.page = None
        self._part = ""
        if self._session.is_room_open:
            self._locking.unlocked_in_session()
            self._shell.show_place(PlaceKey.SESSION)
        else:
            self._locking.touched()
            back()
        self.ended.emit()
