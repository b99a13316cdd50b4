"""The sections of a group's page: each is built from an open vault, and its acts lead to the right place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from app_fakes import Calls
from kept_sessions import GROUP as KEPT_GROUP
from kept_vaults import keep_session

from balint_desktop.app.group_sections import group_sections
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.transcripts import TranscriptVault

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))
KEYS = ("dates", "members", "recording", "consents", "evaluation", "retention", "reports")
TEACHING = ("dates", "members", "recording", "evaluation", "reports")
RESEARCH = ("dates", "members", "consents", "evaluation", "retention", "reports")


class Gates:
    """A gate that stores its destination."""

    def __init__(self):
        self.leads_to = None

    def ask_for_keys(self, opened, _title, words, *, help_page):
        self.leads_to, self.words = opened, words


@pytest.fixture
def gates():
    return Gates()


@pytest.fixture
def handover():
    return Calls()


@pytest.fixture
def build(app, session, gates, handover, qtbot):
    entries = group_sections(app.context, app.shell, session=session, gates=gates, handover=handover)

    def built(key):
        (entry,) = (one for one in entries if one.key == key)
        section = entry.build()
        qtbot.addWidget(section)
        return section

    built.keys = tuple(entry.key for entry in entries)
    built.offered = lambda group: tuple(entry.key for entry in entries if entry.offered(group))
    return built


@pytest.fixture
def group(app):
    app.vault.log.groups.save_group(GROUP)
    return GROUP


def test_there_is_one_builder_for_each_section_in_the_order_of_the_row(build):
    assert build.keys == KEYS


def test_a_teaching_group_has_what_teaching_needs_and_research_opens_the_rest(build):
    assert build.offered(GROUP) == TEACHING
    assert build.offered(replace(GROUP, for_research=True)) == RESEARCH


def test_a_teaching_group_with_a_transcript_has_retention_too(app, build):
    kept = keep_session(app.data.root, purposes=(Purpose.TRANSCRIPTION,), made=app.made, number=3)
    assert "retention" not in build.offered(replace(GROUP, id=KEPT_GROUP, for_research=False))
    TranscriptVault(app.vault).begin(kept.recording, TranscriptSource.HAND)

    assert "retention" in build.offered(replace(GROUP, id=KEPT_GROUP, for_research=False))


@pytest.mark.parametrize("key", KEYS)
def test_each_shows_a_group_of_the_vault(build, group, key):
    build(key).show_subject(group)


@pytest.mark.parametrize("key", KEYS)
def test_without_a_vault_no_section_is_built(build, key):
    with pytest.raises(Trouble) as refused:
        build(key)

    assert refused.value.code is TroubleCode.VAULT_LOCKED


def test_the_dates_section_leads_to_getting_a_session_ready(build, group, session):
    build("dates").get_ready_asked.emit("g")

    assert session.calls == [("get_ready", "g")]


def test_a_changed_consent_reaches_the_session(build, group, session):
    build("consents")._deps.changed(group.id)

    assert session.calls == [("consents_changed", group.id)]


def test_reading_names_needs_the_keys_which_are_asked_for_at_the_gate(app, build, group, gates):
    keys = build("members")._service.keys
    assert keys.are_available()
    app.vault.begin_session()
    assert not keys.are_available()
    keys.ask()

    assert "names lock after a session" in gates.words
    gates.leads_to()
    assert app.shell.current == "groups"


@pytest.mark.parametrize(("way", "from_paper"), [("begin_handover", False), ("enter", True)])
def test_a_written_part_is_handed_over_or_entered_from_paper(build, group, handover, way, from_paper):
    started = []
    handover.start = lambda part, _back, *, from_paper: started.append((part, from_paper))
    getattr(build("evaluation")._deps, way)(group.id, "part")

    assert started == [("part", from_paper)]
