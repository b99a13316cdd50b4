"""Move the fixed marks: more time, earlier start, other end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import NotNow, apply
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_in
from balint_desktop.session.controller import SessionController
from balint_desktop.text import trouble as words
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.wording import marks_words
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.dates import TimeField
from balint_desktop.ui.widgets.fields import NumberField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.lifetime import subscribe
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, text

_LONGEST_MIN = 60


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to move the marks: the resulting fact, and the action."""

    fact: Callable[[], f.Fact]
    act: Callable[[], None]


class TimePanel(RoomPanel):
    """Three ways to move the marks. Each previews the resulting times."""

    def __init__(self, session: SessionController) -> None:
        super().__init__("time", tr_in("room", "Time"))
        self._session = session
        self.now_words = named(text(""), "time-now")
        self.would_be = named(quiet(""), "time-would-be")
        self.minutes_more = _minutes(5)
        self.minutes_ago = _minutes(4)
        self.minutes_ago.setMinimum(-_LONGEST_MIN)
        self.end_at = TimeField(optional=False)
        self._build()

    def _build(self) -> None:
        extend = _Choice(
            lambda: f.Extended(at=self._session.now(), seconds=self.minutes_more.value() * 60),
            lambda: self._session.extend(self.minutes_more.value() * 60),
        )
        earlier = _Choice(
            lambda: f.BeganEarlier(at=self._session.now(), seconds=self.minutes_ago.value() * 60),
            lambda: self._session.move_start_earlier(self.minutes_ago.value() * 60),
        )
        out_by = _Choice(
            lambda: f.OutBy(at=self._session.now(), wall=self._end_wall()),
            lambda: self._session.set_end_time(self._end_wall()),
        )
        self.body.addWidget(self.now_words)
        self.body.addWidget(self._row(tr("Extend"), "extend", self.minutes_more, tr("Add"), extend))
        self.body.addWidget(
            self._row(
                tr("We started earlier by"),
                "began-earlier",
                self.minutes_ago,
                tr("Correct"),
                earlier,
            )
        )
        self.body.addWidget(self._row(tr("We must finish by"), "out-by", self.end_at, tr("Set"), out_by))
        self.body.addWidget(self.would_be)
        self.body.addStretch(1)

    def _row(self, label: str, identifier: str, field: NumberField | TimeField, act: str, choice: _Choice) -> QWidget:
        form = Form(6)
        form.row(label, field, f"{identifier}-field")
        field.setFixedWidth(field.fontMetrics().averageCharWidth() * 18)
        done = button(act, f"{identifier}-do", lambda: self._do(choice))
        holder = flow(form, done, spacing=12, at_foot=True)
        if isinstance(field, TimeField):
            subscribe(self, field.textEdited, lambda _: self._preview(choice))
            subscribe(self, field.changed, lambda: self._preview(choice))
        else:
            subscribe(self, field.valueChanged, lambda _: self._preview(choice))
        return holder

    def opened(self) -> None:
        """Reset to the current times."""
        end = self._session.now().wall + self._session.state.end.at_s - self._session.elapsed_s()
        with QSignalBlocker(self.end_at):
            self.end_at.set_time(f"{datetime.fromtimestamp(end).astimezone():%H:%M}")
        self.would_be.setText("")
        self.refresh()

    def refresh(self) -> None:
        self.now_words.setText(marks_words(self._session.state, self._session.now()))

    def first_focus(self) -> QWidget:
        return self.minutes_more

    def _end_wall(self) -> float:
        """Return the chosen end as a wall time: the next time the clock shows it. Raise Trouble."""
        now = datetime.fromtimestamp(self._session.now().wall).astimezone()
        chosen = time.fromisoformat(self.end_at.time_of_day())
        end = now.replace(hour=chosen.hour, minute=chosen.minute, second=0, microsecond=0)
        return (end if end > now else end + timedelta(days=1)).timestamp()

    def _preview(self, choice: _Choice) -> None:
        with self._showing_problems():
            fact = choice.fact()
            state = apply(self._session.state, fact)
            self.would_be.setText(tr("New times: {times}").format(times=marks_words(state, fact.at)))

    def _do(self, choice: _Choice) -> None:
        with self._showing_problems():
            choice.act()
            self.would_be.setText("")
            self.refresh()

    @contextmanager
    def _showing_problems(self) -> Iterator[None]:
        """Show below what is not possible now, or not a valid time."""
        try:
            yield
        except NotNow:
            self.would_be.setText(tr("Not possible now."))
        except Trouble as trouble:
            self.would_be.setText(words.sentence(trouble))


def _minutes(value: int) -> NumberField:
    made = NumberField(1, _LONGEST_MIN, value)
    made.setSuffix(tr(" min"))
    return made
