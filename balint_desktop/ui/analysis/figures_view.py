"""Figures of agreement, where the approach asks for them: computed in a thread, never in an export by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.agreement_figures import AgreementFigures, agreement_figures
from balint_desktop.domain.analysis.file_agreement import ComparedUnit
from balint_desktop.i18n import tr, tr_in
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.fields import ChoiceField, chosen
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import narrow
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, row
from balint_desktop.ui.widgets.text import text


class FiguresView(QWidget):
    """A table of the codes that are the same to several coders."""

    def __init__(self, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "compare-figures")
        self._work, self._messages = work, messages
        self._asked: tuple[Mapping[str, str], tuple[str, ...], tuple[CodedSpan, ...], Mapping[str, str]] | None = None
        self._turn = 0
        about = tr(
            "The study this app follows reports no figure, and reflexive analysis asks for none. They show where to "
            "talk. Only codes marked as the same are counted."
        )
        self.unit = ChoiceField()
        self.unit.addItem(tr("turn"), ComparedUnit.TURN)
        self.unit.addItem(tr("sentence"), ComparedUnit.SENTENCE)
        self.unit.addItem(tr("character"), ComparedUnit.CHARACTER)
        self.state = LiveLabel("figures-state", "quiet")
        self.table = Table(
            "figures-table",
            tr("Figures of agreement"),
            (
                ColumnSpec("code", tr_in("analysis", "Code"), room=Room.SHRINKS),
                ColumnSpec("n", tr("Units"), is_number=True, room=Room.LEAVES),
                ColumnSpec("jaccard", tr("Jaccard"), is_number=True),
                ColumnSpec("alpha", tr("Alpha"), is_number=True),
                ColumnSpec("limits", tr("95 % limits"), room=Room.LEAVES),
            ),
            opens=False,
        )
        column = layouts.column(self, 10)
        column.addWidget(narrow(named(text(about), "figures-about")))
        column.addWidget(narrow(labelled(tr("Compared by"), self.unit, "figures-unit")))
        column.addWidget(self.state)
        column.addWidget(self.table)
        column.addStretch(1)
        self.unit.currentIndexChanged.connect(lambda _: self._compute())

    def show_spans(
        self,
        texts: Mapping[str, str],
        coders: tuple[str, ...],
        spans: tuple[CodedSpan, ...],
        names: Mapping[str, str],
    ) -> None:
        """Compute the figures of codings whose codes are those of the framework."""
        self._asked = (texts, coders, spans, names)
        self._compute()

    def forget(self) -> None:
        """Drop the codings."""
        self._asked = None
        self._turn += 1
        self.table.show_rows([])
        self.state.follow("")

    def _compute(self) -> None:
        self._turn += 1
        turn, asked = self._turn, self._asked
        if asked is None:
            return
        texts, coders, spans, names = asked
        if len(coders) < 2 or not spans:
            self.table.show_rows([])
            self.state.follow(tr("Nothing to compare yet. First mark which codes are the same."))
            return
        unit, work = chosen(self.unit, ComparedUnit) or ComparedUnit.TURN, self._work
        self.state.follow(tr("Computing. This takes a few seconds."))

        def show(found: AgreementFigures) -> None:
            if turn == self._turn:
                self._show(found, names)

        work.run(
            lambda: agreement_figures(texts, coders, spans, unit, is_stopped=lambda: work.closed),
            show,
            self._messages.trouble,
            owner=self,
        )

    def _show(self, found: AgreementFigures, names: Mapping[str, str]) -> None:
        self.state.follow("")
        self.table.show_rows(
            [
                row(
                    one.code,
                    (
                        names.get(one.code, ""),
                        Cell(str(one.n), one.n),
                        Cell(_figure(one.jaccard), one.jaccard),
                        Cell(_figure(one.alpha), one.alpha),
                        _limits(found.limits.get(one.code)),
                    ),
                )
                for one in found.codes
            ]
        )


def _figure(value: float | None) -> str:
    return QLocale().toString(value, "f", 2) if value is not None else "–"


def _limits(limits: tuple[float, float] | None) -> str:
    if limits is None:
        return "–"
    return tr("{low} to {high}").format(low=_figure(limits[0]), high=_figure(limits[1]))
