"""The page of one recording: play, verify, export."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from balint_desktop.i18n import tr
from balint_desktop.recordings.summary import OpenRecording, RecordingSummary, Verification
from balint_desktop.text import durations
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.recordings.destruction import DestroyPanel
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.recordings.player_card import PlayerCard
from balint_desktop.ui.recordings.use_choice import UseChoice
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import day_and_time_at
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import heading, small, subheading, text


class RecordingPage(QWidget):
    """Shows one recording: its list entry first, then, once open, the player."""

    back = Signal()
    verify = Signal()
    export = Signal()

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self.back_button = button(
            tr("Back to recordings"), "recording-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self._title = named(heading(""), "recording-title")
        self._about = named(text("", "quiet"), "recording-about")
        self._condition = named(text(""), "recording-condition")
        self.player = PlayerCard(playback)
        self.play_button, self.seek_bar = self.player.play_button, self.player.seek_bar
        self.points = QWidget()
        self._points = layouts.column(self.points, 8)
        self.verify_button = button(tr("Verify"), "recording-verify", self.verify.emit)
        self.use = UseChoice()
        self.others_listen = named(QCheckBox(tr("Others are listening, as in supervision")), "recording-others-listen")
        self.export_button = button(tr("Export audio…"), "recording-export", self.export.emit)
        self.destroying = DestroyPanel()
        self._readers = named(text("", "quiet", selectable=True), "recording-readers")
        self._verdict = named(text("", selectable=True), "recording-verdict")
        self._clear = named(
            small(tr("An exported file is not encrypted: anyone who has it can listen. Removed stretches are silent.")),
            "recording-in-clear",
        )
        layout = layouts.column(self, 12)
        shown = (
            self.back_button,
            self._title,
            self._about,
            self._condition,
            self._readers,
            self.player,
            self.others_listen,
            self.points,
        )
        for widget in shown:
            layout.addWidget(widget)
        layout.addWidget(self.verify_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.use)
        layout.addWidget(flow(self.export_button))
        layout.addWidget(self._verdict)
        layout.addWidget(self._clear)
        self._last = layout
        layout.addWidget(self.destroying)
        self.use.changed.connect(self._on_use)
        self._on_use(None)

    def add_action(self, widget: QWidget) -> None:
        """Add an action for the recording; destroying stays last."""
        self._last.insertWidget(self._last.count() - 1, widget)
        follow_layout(self)

    def _on_use(self, purpose: object) -> None:
        self.export_button.setEnabled(purpose is not None)
        self.export_button.setAccessibleDescription("" if purpose is not None else tr("Choose a purpose first."))

    def show_listed(self, listed: RecordingSummary) -> None:
        """Show the list entry, before anything is opened."""
        self._title.setText(wording.title(listed))
        began_and_length = (
            day_and_time_at(listed.began_wall) if listed.began_wall else "",
            wording.length(listed),
        )
        sources = wording.sources_words(has_call=True) if listed.has_call else ""
        about = (*began_and_length, sources, wording.listed_condition(listed))
        self._about.setText(" · ".join(part for part in about if part))
        sentences = (wording.listed_sentence(listed), wording.redacted_sentence(listed.pending_redaction))
        self._condition.setText(" ".join(part for part in sentences if part))
        self._readers.setText(wording.keys(listed))
        self._readers.setVisible(bool(self._readers.text()))
        self._verdict.hide()
        self.show_opened(None)

    def show_opened(self, opened: OpenRecording | None) -> None:
        """Show the player, or remove it."""
        if opened is not None:
            self.show_listed(opened.listed)
        self.player.show_opened(opened)
        self.points.setVisible(opened is not None)
        self.export_button.setVisible(opened is not None)
        self.others_listen.setVisible(opened is not None)
        self._clear.setVisible(opened is not None)
        self._fill_points(opened)

    def show_verdict(self, verdict: Verification) -> None:
        """Show the result of verifying."""
        self._verdict.setText(wording.verdict(verdict))
        self._verdict.show()

    def _fill_points(self, opened: OpenRecording | None) -> None:
        layouts.clear(self._points)
        if opened is None:
            return
        phases = [
            self._point(f"recording-phase-{number}", f"{phase.label}  {durations.clock(phase.at_s)}", phase.at_s)
            for number, phase in enumerate(opened.phases, start=1)
        ]
        moments = [
            self._point(
                f"recording-mark-{number}", f"{durations.clock(moment.at_s)}  {wording.mark(moment.mark)}", moment.at_s
            )
            for number, moment in enumerate(opened.moments, start=1)
        ]
        questions = [
            button(
                f"{asked.number}  {durations.clock(asked.at_s)}",
                f"recording-question-{number}",
                partial(self._play_from, asked.at_s),
                description=tr("Play from this question: {question}").format(question=asked.text),
            )
            for number, asked in enumerate(opened.questions, start=1)
        ]
        for made, asked in zip(questions, opened.questions, strict=True):
            made.setToolTip(asked.text)
        self._add_points(tr("Play from a phase"), "recording-phases", phases)
        self._add_points(tr("Play from a core question"), "recording-questions", questions)
        self._add_points(tr("Marks"), "recording-marks", moments)
        # Created after the widgets below, they would follow them in the tab order.
        for before, after in pairwise(
            (self.player.last_stop, self.others_listen, *phases, *questions, *moments, self.verify_button)
        ):
            QWidget.setTabOrder(before, after)
        silent = wording.silences(opened.joined)
        if silent:
            self._points.addWidget(named(subheading(tr("Silent stretches")), "recording-silent-heading"))
            self._points.addWidget(named(text(silent, selectable=True), "recording-silent"))
        if opened.losses:
            self._points.addWidget(named(subheading(tr("One of two sources missing")), "recording-losses-heading"))
            self._points.addWidget(named(text(wording.losses(opened.losses), selectable=True), "recording-losses"))

    def _add_points(self, title: str, identifier: str, points: Iterable[QPushButton]) -> None:
        points = tuple(points)
        if points:
            self._points.addWidget(named(subheading(title), f"{identifier}-heading"))
            self._points.addWidget(flow(*points))

    def _point(self, identifier: str, words: str, at_s: float) -> QPushButton:
        return button(words, identifier, lambda: self._play_from(at_s), description=tr("Play from here"))

    def _play_from(self, at_s: float) -> None:
        self._playback.seek(at_s)
        self._playback.play()
