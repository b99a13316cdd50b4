"""Navigation between places: to a page and section, and no further than a gate allows."""

from __future__ import annotations

import pytest
import window_fakes as fakes
from PySide6.QtWidgets import QWidget

from balint_desktop.app import navigation, open_matters
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.group.consents.section import ConsentsSection
from balint_desktop.ui.group.list.place import GroupsPlace
from balint_desktop.ui.recordings.place import RecordingsPlace
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.widgets.sections import Section, SectionEntry

GROUP = Group(GroupId("g"), "Block B")


class Empty(Section):
    """A section that shows nothing."""


@pytest.fixture
def groups(app, messages):
    entries = [SectionEntry(key, key, Empty) for key in ("dates", "consents", "retention")]
    book = fakes.Book([GROUP])
    place = GroupsPlace(book, lambda: fakes.CHOICES, messages, sections=entries, deps=fakes.Dates(book).deps())
    app.shell.replace_place(PlaceKey.GROUPS, place)
    app.shell.show_place(PlaceKey.TODAY)
    return place


def test_a_new_group_begins_with_its_form(app, groups):
    navigation.add_group(app.shell)

    assert app.shell.current is PlaceKey.GROUPS
    assert groups.editor is not None


def test_a_gate_in_between_keeps_the_form_closed(app, groups):
    app.shell.may_show = lambda _key: False
    navigation.add_group(app.shell)

    assert app.shell.current is PlaceKey.TODAY


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (OpenKind.CONSENTS_TO_ENTER, "consents"),
        (OpenKind.REQUEST_TO_ANSWER, "retention"),
        (OpenKind.TRANSCRIPT_TO_CHANGE, "consents"),
        (OpenKind.PERIOD_OVER, "retention"),
    ],
)
def test_a_groups_open_matter_leads_to_its_section(app, groups, kind, section):
    open_matters.show_open(app.shell, OpenMatter(kind, GROUP.id))

    assert app.shell.current is PlaceKey.GROUPS
    assert groups.page.sections.current == section


def test_a_transcript_that_needs_a_decision_leads_to_what_the_withdrawal_asks_for(app, messages):
    asked = []

    class Consents(ConsentsSection):
        def __init__(self):
            QWidget.__init__(self)

        def show_subject(self, thing):
            pass

        def leave_view(self):
            pass

        def first_focus(self):
            return None

        def show_leaving(self):
            asked.append("leaving")

    book = fakes.Book([GROUP])
    place = GroupsPlace(
        book,
        lambda: fakes.CHOICES,
        messages,
        sections=[SectionEntry("consents", "consents", Consents)],
        deps=fakes.Dates(book).deps(),
    )
    app.shell.replace_place(PlaceKey.GROUPS, place)
    open_matters.show_open(app.shell, OpenMatter(OpenKind.TRANSCRIPT_TO_CHANGE, GROUP.id))

    assert place.page.sections.current == "consents"
    assert asked == ["leaving"]


def test_a_period_that_is_over_for_a_recording_leads_to_retention_where_its_transcript_is_too(app, groups):
    open_matters.show_open(app.shell, OpenMatter(OpenKind.PERIOD_OVER, GROUP.id, recording="r"))

    assert (app.shell.current, groups.page.sections.current) == (PlaceKey.GROUPS, "retention")


class Recordings(RecordingsPlace):
    """A list of recordings that stores its requests."""

    def __init__(self):
        QWidget.__init__(self)
        self.asked = []

    def enter_view(self):
        pass

    def leave_view(self):
        pass

    def first_focus(self):
        return None

    def show_recording(self, recording):
        self.asked.append(("show", recording))

    def ask_to_destroy(self, recording):
        self.asked.append(("destroy", recording))


@pytest.fixture
def recordings(app):
    place = Recordings()
    app.shell.replace_place(PlaceKey.RECORDINGS, place)
    app.shell.show_place(PlaceKey.TODAY)
    return place


def test_destroying_a_recording_leads_to_its_place_and_asks(app, recordings):
    navigation.destroy_recording(app.shell, "r")

    assert app.shell.current is PlaceKey.RECORDINGS
    assert recordings.asked == [("destroy", "r")]


def test_nothing_is_destroyed_where_the_passphrase_is_asked_for_first(app, recordings):
    app.shell.may_show = lambda _key: False
    navigation.destroy_recording(app.shell, "r")

    assert recordings.asked == []
