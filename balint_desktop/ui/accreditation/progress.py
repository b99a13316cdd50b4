"""Progress towards accreditation: each number beside its aim, with its items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.accreditation.pathways import Aim, Pathway, from_plain, to_plain
from balint_desktop.domain.accreditation.progress import Measure, Progress, count_progress, roles_not_noted
from balint_desktop.domain.accreditation.values import AccreditationFacts
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text import accreditation
from balint_desktop.ui.accreditation.aims import AimsForm
from balint_desktop.ui.accreditation.counted_page import CountedPage
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.table import ColumnSpec, Table, TableRow
from balint_desktop.ui.widgets.table_rows import Cell, row
from balint_desktop.ui.widgets.text import small, subheading, text

# The draft of the form for aims.
_AIMS = "accreditation/aims"


class ProgressSection(Section[None]):
    """Table of totals; Enter opens one. It shows no judgement and no praise."""

    def __init__(self, deps: AccreditationDeps) -> None:
        super().__init__()
        self._deps = deps
        self._facts = AccreditationFacts()
        self._counted: dict[str, Progress] = {}
        named(self, "towards", spoken=tr("Progress"))
        self.name = named(subheading(""), "towards-name")
        self.about = named(text("", "quiet"), "towards-about")
        self.source = named(small(""), "towards-source")
        self.table = Table(
            "towards-table",
            tr("What counts"),
            (
                ColumnSpec("what", tr("What counts")),
                ColumnSpec("aim", tr("Aim"), is_number=True),
                ColumnSpec("so-far", tr("So far"), is_number=True),
                ColumnSpec("here", tr("With this laptop"), is_number=True),
                ColumnSpec("elsewhere", tr("Elsewhere"), is_number=True),
                ColumnSpec("note", tr("Note")),
            ),
            deps.memory,
        )
        self.table.opened.connect(self.open_number)
        self.roles = named(small(""), "towards-roles")
        self.open_button = button(tr("Show what is counted"), "towards-open", self._on_open, ButtonKind.PRIMARY)
        self.aims_button = button(tr("Set aims…"), "towards-aims", self.set_aims)
        self.aims: AimsForm | None = None
        self._filled = Pathway()
        if deps.drafts is not None and deps.drafts.closing is not None:
            subscribe(self, deps.drafts.closing, self._keep_aims)
        self.page = CountedPage()
        self.page.back.connect(self._show_table)
        self._list = QWidget()
        self._pages = Pages()
        self._build()

    def _build(self) -> None:
        column = layouts.column(self._list, 12)
        for widget in (self.name, self.about, self.table, self.roles, flow(self.open_button, self.aims_button)):
            column.addWidget(widget)
        column.addWidget(self.source)
        self._pages.add(self._list)
        self._pages.add(self.page)
        whole = layouts.column(self)
        whole.addWidget(self._pages)

    def show_subject(self, thing: None) -> None:  # noqa: ARG002  the own path is about nobody else
        if self.aims is None:
            self._pages.show_page(self._list)
            self.refresh()
            with self._deps.messages.attempt():
                if self._deps.drafts is not None and self._deps.drafts.rows.read(_AIMS):
                    self.set_aims()

    def leave_view(self) -> None:
        self._keep_aims()
        self._close_aims()

    def _keep_aims(self) -> None:
        """Store aims that are not saved yet. A full disk must not stop the lock."""
        if self.aims is not None and self._deps.drafts is not None and self.aims.entered() != self._filled:
            with suppress(Trouble):
                self._deps.drafts.rows.save(_AIMS, json.dumps(to_plain(self.aims.entered())))

    def first_focus(self) -> QWidget:
        return self.aims.first_field() if self.aims is not None else self.table

    def refresh(self) -> None:
        """Refresh the totals."""
        service = self._deps.service
        with self._deps.messages.attempt():
            pathway, facts, today = service.pathway(), service.facts(), service.today()
            self._facts = facts
            self._counted = {}
            rows = []
            for place, aim in enumerate(_lines(pathway)):
                key = f"{place}-{aim.measure}"
                self._counted[key] = count_progress(aim.measure, facts, today)
                rows.append(_row(key, aim, self._counted[key]))
            self.table.show_rows(rows)
            self._show_header(pathway, roles_not_noted(facts, today))
            follow_layout(self)

    def open_number(self, key: str) -> None:
        """Show the items of a total."""
        if key in self._counted:
            self.page.show_counted(self._counted[key], self._facts)
            self._pages.show_page(self.page)
            follow_layout(self)
            self.page.back_button.setFocus()

    def set_aims(self) -> None:
        """Open the form for the aims."""
        with self._deps.messages.attempt():
            drafts = self._deps.drafts
            content = drafts.rows.read(_AIMS) if drafts is not None else ""
            form = self.aims = AimsForm(self._deps.service.pathway())
            self._filled = form.entered()
            if content:
                form.show_pathway(from_plain(json.loads(content)))
            form.saved.connect(self._on_aims)
            form.cancelled.connect(self._on_aims_cancelled)
            self._pages.add(form)
            self._pages.show_page(form)
            follow_layout(self)
            form.first_field().setFocus()

    def _on_open(self) -> None:
        self.open_number(self.table.chosen_key())

    def _show_table(self) -> None:
        self._pages.show_page(self._list)
        self.table.setFocus()

    def _on_aims(self, pathway: Pathway) -> None:
        message = tr("Your aims were saved.") if pathway.aims else tr("Your aims were deleted.")
        with self._deps.messages.attempt():
            self._deps.run_undoable(lambda: self._deps.service.set_pathway(pathway), message)
            self._on_aims_cancelled()

    def _on_aims_cancelled(self) -> None:
        with self._deps.messages.attempt():
            if self._deps.drafts is not None:
                self._deps.drafts.rows.delete(_AIMS)
        self._close_aims()
        self.refresh()
        self.table.setFocus()

    def _close_aims(self) -> None:
        if self.aims is not None:
            self._pages.remove(self.aims)
            self.aims = None
            self._pages.show_page(self._list)

    def _show_header(self, pathway: Pathway, without_role: int) -> None:
        self.name.setText(pathway.name or tr("What counts"))
        about = pathway.about or ("" if pathway.aims else tr("Set your own aims, or start from a society’s."))
        self.about.setText(about)
        self.about.setVisible(bool(about))
        source = tr("Based on {source}; {dated}.").format(source=pathway.source, dated=pathway.dated)
        self.source.setText(source)
        self.source.setVisible(bool(pathway.source))
        message = tr_n(
            "Your role is not entered for {n} session. It counts as led, but not as lead, co-leader or alone.",
            "Your role is not entered for {n} sessions. They count as led, but not as lead, co-leader or alone.",
            without_role,
        )
        self.roles.setText(message.format(n=without_role))
        self.roles.setVisible(bool(without_role))


def _lines(pathway: Pathway) -> Iterator[Aim]:
    """Return a line per aim, then the other totals without an aim."""
    yield from pathway.aims
    aimed = {aim.measure for aim in pathway.aims}
    yield from (Aim(measure, 0) for measure in Measure if measure not in aimed)


def _row(key: str, aim: Aim, number: Progress) -> TableRow:
    wanted = f"{aim.target}" if aim.target else ""
    note = "; ".join(part for part in (tr("recommended") if aim.desirable else "", aim.note) if part)
    return row(
        key,
        (
            accreditation.measure(aim.measure),
            Cell(wanted, aim.target or None),
            Cell(str(number.so_far), number.so_far),
            _amount(number.here),
            _amount(number.elsewhere),
            note,
        ),
    )


def _amount(of: int | None) -> Cell:
    return Cell("") if of is None else Cell(str(of), of)
