"""The gate before an approved text: who approves is asked, the text is checked, and what is found leads back to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.gate import GateFinding
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.deidentify.approve_form import ApproveForm
from balint_desktop.ui.deidentify.deps import Approval, DeidentifyService
from balint_desktop.ui.deidentify.sitting import DeidentifySitting
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft


class Approving(QObject):
    """Asks in `form`. What is approved is what was saved; what was typed outlasts leaving and a lock."""

    approved = Signal(object)
    """An `Approval`."""
    refused = Signal()
    """Something keeps the text from being approved, and is on the form."""
    closed = Signal()

    def __init__(
        self,
        sitting: DeidentifySitting,
        saver: Saver[Decisions],
        work: Work,
        messages: Messages,
        *,
        drafts: Drafts | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sitting, self._saver, self._work, self._messages = sitting, saver, work, messages
        self._service: DeidentifyService | None = None
        self._recording: RecordingId | None = None
        self.form = ApproveForm()
        self._draft = FormDraft(self.form, drafts)
        self.form.asked.connect(self._on_asked)
        self.form.closed.connect(self._on_closed)

    def begin(self, service: DeidentifyService, recording: RecordingId) -> None:
        """Approve the text of a recording from now on."""
        self._service, self._recording = service, recording

    def forget(self) -> None:
        """Approve nothing, and show nothing of what was found."""
        self._service = self._recording = None
        self.form.show_findings(())

    def ask(self, by: str) -> None:
        """Ask who approves, with the reader's label suggested, or what was typed before."""
        self.form.ask(by)
        with self._messages.attempt():
            self._draft.begin(f"deidentify/{self._recording}/approve")

    def keep(self) -> None:
        """Store what was typed, until it is asked again."""
        self._draft.keep()
        self._draft.key = ""

    def _on_closed(self) -> None:
        self.keep()
        self.closed.emit()

    def _on_asked(self, by: str) -> None:
        recording, service = self._recording, self._service
        if recording is None or service is None:
            return
        with self.form.problem.attempt():
            self._saver.flush()
            self.form.set_busy(busy=True)
            self._work.run(
                lambda: service.approve(recording, by),
                lambda answer: self._on_answer(recording, answer),
                self._on_failed,
                owner=self,
            )

    def _on_failed(self, trouble: Trouble) -> None:
        self.form.set_busy(busy=False)
        self.form.problem.show_trouble(trouble)

    def _on_answer(self, recording: RecordingId, answer: Approval | tuple[GateFinding, ...]) -> None:
        self.form.set_busy(busy=False)
        if self._recording != recording:
            return
        if isinstance(answer, Approval):
            with self._messages.attempt():
                self._draft.discard()
            self.approved.emit(answer)
        else:
            self.form.show_findings(answer, self._sitting.pages, self._sitting.term_at)
            self.refused.emit()
