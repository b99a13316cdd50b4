"""The facilitator's own lines for reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.study.facilitator import LINE_LIMIT, Facilitator, tidy
from balint_desktop.i18n import tr
from balint_desktop.ui.room.prompts_setting import PromptsSetting, PromptsSettingDeps
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.text import quiet, subheading

_DRAFT = "settings/you"


@dataclass(frozen=True, slots=True)
class FacilitatorDeps:
    """Reads and writes the facilitator's lines in the vault. Both raise Trouble."""

    read: Callable[[], Facilitator]
    save: Callable[[Facilitator], None]
    prompts: PromptsSettingDeps | None = None
    drafts: Drafts | None = None


class FacilitatorSection(QWidget):
    """A form whose fields are all optional."""

    def __init__(self, deps: FacilitatorDeps, messages: Messages) -> None:
        super().__init__()
        self._deps, self._messages = deps, messages
        form = Form()
        self._draft = FormDraft(form, deps.drafts)
        self.lines: dict[str, QLineEdit] = {}
        for name, (label, example) in _lines().items():
            field = QLineEdit()
            field.setMaxLength(LINE_LIMIT)
            form.row(label, field, f"facilitator-{name}", example)
            self.lines[name] = field
        self.save_button = button(tr("Save"), "facilitator-save", self.save)
        column = layouts.column(self, 10)
        column.addWidget(named(subheading(tr("About you, for reports")), "facilitator-heading"))
        about = tr(
            "Methods sections and COREQ (items 1 to 8) ask who led. Empty fields are marked as missing. Stored in the "
            "vault."
        )
        column.addWidget(named(quiet(about), "facilitator-about"))
        column.addWidget(narrow(form))
        column.addWidget(flow(self.save_button))
        self.prompts = PromptsSetting(deps.prompts, messages) if deps.prompts is not None else None
        if self.prompts is not None:
            column.addSpacing(14)
            column.addWidget(self.prompts)

    def refresh(self) -> None:
        """Show the stored lines, with what was typed and not saved."""
        with self._messages.attempt():
            self._draft.refill(_DRAFT, self._fill)
        if self.prompts is not None:
            self.prompts.refresh()

    def keep_draft(self) -> None:
        """Store unsaved input."""
        self._draft.keep()

    def _fill(self) -> None:
        kept = self._deps.read()
        for name, field in self.lines.items():
            field.setText(getattr(kept, name))

    def save(self) -> None:
        """Store the input."""
        with self._messages.attempt():
            self._deps.save(Facilitator(**{name: tidy(field.text()) for name, field in self.lines.items()}))
            self._draft.discard()
            self._draft.refill(_DRAFT, self._fill)
            self._messages.inform(tr("Saved. New reports will include it."))


def _lines() -> dict[str, tuple[str, str]]:
    return {
        "who": (tr("Group leader"), tr("For example: the second author.")),
        "credentials": (tr("Credentials"), tr("For example: MBChB.")),
        "occupation": (tr("Occupation at the time"), tr("For example: senior psychiatry trainee.")),
        "gender": (tr("Gender, if you want it reported"), ""),
        "experience": (tr("Experience and training"), tr("For example: two years of co-leading, supervised monthly.")),
        "relation": (
            tr("Other roles towards the participants or the study"),
            tr("For example: does the primary analysis; teaches none of them."),
        ),
    }
