"""The places: which are offered when, and that each can be built from its dependencies."""

from __future__ import annotations

import pytest
from app_fakes import Calls
from PySide6.QtWidgets import QPushButton
from qt_events import process_events

from balint_desktop.app.places import Places
from balint_desktop.app.transcription import TranscriptionHost
from balint_desktop.domain.group.dates import new_plan
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.new_group import NewGroup

OFFERED = set(PlaceKey) - {PlaceKey.SESSION}
WITHOUT_VAULT = {PlaceKey.TODAY, PlaceKey.SETTINGS, PlaceKey.HELP}


@pytest.fixture
def locking():
    return Calls(warden=Calls(minutes=10, knows_screen=True))


@pytest.fixture
def places(app, session, locking):
    return Places(
        app.context,
        app.shell,
        session=session,
        locking=locking,
        handover=Calls(),
        gates=Calls(),
        keys=Calls(),
        transcription=TranscriptionHost(app.context),
        timer_only=False,
    )


def test_without_a_vault_only_the_places_that_need_none_are_offered(app, places, qtbot):
    places.open()

    assert set(app.shell._builders) == WITHOUT_VAULT
    assert app.shell.current is PlaceKey.TODAY


def test_an_open_vault_offers_every_place(app, places):
    assert app.vault
    places.open()

    assert set(app.shell._builders) == OFFERED - {PlaceKey.TRANSCRIPTS, PlaceKey.ANALYSIS}


@pytest.mark.parametrize("for_research", [False, True])
def test_transcripts_are_listed_below_the_recordings_as_soon_as_a_group_is_for_research(app, places, for_research):
    vault = app.vault
    places.open()
    places.list_transcripts()
    assert "Transcripts" not in [words for words, _ in listed(app)]
    vault.log.groups.save_group(Group(GroupId("a-group"), "Wednesday group", for_research=for_research))
    places.list_transcripts()
    places.list_transcripts()

    named = [words for words, _ in listed(app)]
    assert named.count("Transcripts") == for_research
    assert ("Transcripts", "Ctrl+8") in listed(app) or not for_research


def test_opening_the_places_drops_the_previous_session_and_starts_the_watch(places, session, locking):
    places.open()

    assert session.calls == ["discard"]
    assert locking.calls == ["watch"]


@pytest.mark.parametrize("key", sorted(OFFERED))
def test_each_place_is_built_from_an_open_vault(app, places, qtbot, key):
    assert app.vault
    (offer,) = (one for one in places.offers() if one.key is key)
    built = offer.build()
    qtbot.addWidget(built)

    assert isinstance(built, Place)


@pytest.mark.parametrize("key", sorted(WITHOUT_VAULT))
def test_places_that_need_no_vault_are_built_without_one(places, qtbot, key):
    (offer,) = (one for one in places.offers() if one.key is key)
    built = offer.build()
    qtbot.addWidget(built)

    assert isinstance(built, Place)
    assert not offer.needs_vault


@pytest.mark.parametrize("key", sorted(OFFERED - WITHOUT_VAULT))
def test_places_that_need_a_vault_say_that_there_is_none(places, key):
    (offer,) = (one for one in places.offers() if one.key is key)
    with pytest.raises(Trouble) as refused:
        offer.build()

    assert offer.needs_vault
    assert refused.value.code is TroubleCode.VAULT_LOCKED


def listed(app):
    """Return the places in the navigation with their keys, from top to bottom."""
    process_events()
    rows = app.shell.findChild(object, "navigation").findChildren(QPushButton)
    return [(row.text(), row.shortcut().toString()) for row in rows if row.objectName().startswith("place-")]


def test_the_keys_of_the_places_follow_the_order_of_the_navigation(app, places):
    assert app.vault
    places.open()

    assert listed(app) == [
        *(("Today", "Ctrl+1"), ("Groups", "Ctrl+2"), ("Log", "Ctrl+3"), ("Recordings", "Ctrl+4")),
        *(("Accreditation", "Ctrl+5"), ("Settings", "Ctrl+6"), ("Help", "Ctrl+7")),
    ]


def test_a_session_is_listed_last_and_only_while_there_is_one(app, places):
    places.open()
    before = listed(app)
    app.shell.replace_place(PlaceKey.SESSION, Place("ready", "Get ready"))
    assert listed(app) == [*before, ("Session", "Ctrl+9")]

    app.shell.show_place(PlaceKey.TODAY)
    app.shell.show_place(PlaceKey.SESSION)
    assert app.shell.current is PlaceKey.SESSION
    app.shell.close_places()

    assert listed(app) == before


def test_an_added_group_is_in_the_vault_with_its_dates(app, places):
    assert app.vault
    places.open()
    app.shell.show_place(PlaceKey.GROUPS)
    plan = new_plan(app.vault.log.consents.today(), 6, "14:00", last_evaluates=True)
    app.shell.place(PlaceKey.GROUPS)._deps.add(NewGroup(Group(GroupId("g"), "Block B"), plan))

    assert [group.name for group in app.vault.log.groups.groups()] == ["Block B"]
    assert app.vault.log.dates.plan(GroupId("g")) == plan
