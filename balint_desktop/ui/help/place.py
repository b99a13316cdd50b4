"""The place Help."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.help.topics import HelpTopic, topics
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.narrow import READABLE
from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections
from balint_desktop.ui.widgets.text import quiet, subheading


class HelpPlace(Place):
    """One topic at a time."""

    def __init__(self) -> None:
        super().__init__("help", tr("Help"))
        entries: list[SectionEntry[None]] = [
            SectionEntry(one.key, one.title, partial(TopicSection, one)) for one in topics()
        ]
        self.topics: Sections[None] = Sections("help-topics", entries, READABLE)
        self.body.addWidget(self.topics)
        self.body.addStretch(1)

    def enter_view(self) -> None:
        self.topics.show_subject(None)

    def first_focus(self) -> QWidget:
        return self.topics.chips[self.topics.current]


class TopicSection(Section[None]):
    """A topic's paragraphs."""

    def __init__(self, topic: HelpTopic) -> None:
        super().__init__()
        column = layouts.column(self, 8)
        for number, (heading, words) in enumerate(topic.paragraphs, start=1):
            if heading:
                column.addSpacing(8 if number > 1 else 0)
                column.addWidget(named(subheading(heading), f"help-{topic.key}-{number}-heading"))
            column.addWidget(named(quiet(words), f"help-{topic.key}-{number}"))
