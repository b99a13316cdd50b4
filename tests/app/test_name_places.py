"""The gate of names in the app: over the open vault, closed without one, asked about copies, and the way to a name."""

from __future__ import annotations

import pytest
from accounts import GROUP, keep_six_weeks
from planted_names import with_roster

from balint_desktop.app import name_places, navigation
from balint_desktop.app.vault_services import name_gate
from balint_desktop.domain.deidentify.typed_text import TypedPlace
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.name_gate import OutgoingFile

NAMED = OutgoingFile("x.txt", b"Zoltan was quiet")


@pytest.fixture
def kept(app):
    keep_six_weeks(app.vault)
    with_roster(app.vault, "Zoltan Fekete")
    return app


def test_the_gate_asks_the_vault_that_is_open_when_it_is_asked(app):
    gate = name_gate(app.context)
    keep_six_weeks(app.vault)
    with_roster(app.vault, "Zoltan Fekete")

    with pytest.raises(Trouble, match="name-in-export"):
        gate(Door.LOG, (NAMED,), GROUP)


def test_while_a_vault_is_closed_what_a_person_wrote_waits_for_its_names(app):
    gate = name_gate(app.context)

    with pytest.raises(Trouble, match="names-locked"):
        gate(Door.CARD, (OutgoingFile("card.pdf", b""),))
    gate(Door.FLOOR_CARD, (NAMED,))


def test_a_copy_with_a_name_is_refused_and_the_reason_is_shown(kept):
    assert name_places.may_copy(kept.context, Door.OWN_REVIEW, "I was patient")
    assert not name_places.may_copy(kept.context, Door.OWN_REVIEW, "I was with Zoltan")
    assert kept.said.startswith("The text contains the name of someone on the roster.")


def test_the_names_of_a_recordings_group_are_found_in_a_label(kept):
    session = kept.vault.log.sessions.sessions(GROUP)[0]
    kept.vault.log.recordings.add("recording-1", session.id, "age1test", this_vault_reads=True)
    find = name_places.names_in_group_of(kept.context)

    assert find("recording-1", "AK and Zoltan") == ("Zoltan",)
    assert find("recording-1", "AK") == ()


@pytest.mark.parametrize("place", TypedPlace)
def test_there_is_a_way_to_every_field_that_may_hold_a_name(app, monkeypatch, place):
    shown = []
    for name in ("show_group", "show_session", "show_note"):
        monkeypatch.setattr(navigation, name, lambda _shell, *asked: shown.append(asked))
    app.shell.add_place(PlaceKey.PATH, "path", lambda: _place("path"))
    app.shell.add_place(PlaceKey.SETTINGS, "settings", lambda: _place("settings"))
    app.shell.add_place(PlaceKey.ANALYSIS, "analysis", lambda: _place("analysis"))
    app.shell.show_place(PlaceKey.TODAY)

    words, go = name_places.way_to_name(
        app.shell, Trouble(TroubleCode.NAME_IN_EXPORT, place=place.value, group="g", session="s", number=3)
    )
    go()

    assert words == "Go there"
    assert shown or app.shell.current in {PlaceKey.PATH, PlaceKey.SETTINGS, PlaceKey.ANALYSIS}


def _place(key):
    from balint_desktop.ui.shell.place import Place  # noqa: PLC0415

    return Place(key, key)


def test_the_way_from_locked_names_is_the_page_that_shows_them(app, monkeypatch):
    shown = []
    monkeypatch.setattr(navigation, "show_group", lambda _shell, *asked: shown.append(asked))

    words, go = name_places.way_to_name(app.shell, Trouble(TroubleCode.NAMES_LOCKED, group="g"))
    go()

    assert (words, shown) == ("Show names", [("g", "members")])


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(TroubleCode.NAME_IN_EXPORT, part="row 3, column 2"),
        Trouble(TroubleCode.NAMES_LOCKED, group=""),
        Trouble(TroubleCode.EXPORT_EXISTS, name="x", group="g", place="process-note"),
    ],
)
def test_where_there_is_no_place_there_is_no_way(app, trouble):
    assert name_places.way_to_name(app.shell, trouble) is None
