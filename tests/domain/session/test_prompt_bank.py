"""The prompt bank is read completely, and each error names its line."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop import resources
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.prompt_bank import Mode, Prompt, PromptSource, Situation, basis_text, parse_bank

SOUND = """\
[sources]
SM = "The paper, Methods"
d = "design judgement"

[[situation]]
key = "silence"
label = "Quiet"
meaning = "Silence"

[[prompt]]
id = "P1"
phase = "close"
mode = "say"
text = "Thank you."
basis = ["SM", "d"]
last_minutes = 2.5

[[prompt]]
id = "P2"
situation = "silence"
mode = "cue"
text = "Let it be."
basis = ["d"]
theme = true
"""


def test_a_valid_bank_is_read_completely():
    bank = parse_bank(SOUND)

    assert bank.sources == (PromptSource("SM", "The paper, Methods"), PromptSource("d", "design judgement"))
    assert bank.situations == (Situation("silence", "Quiet", "Silence"),)
    first, second = bank.prompts
    assert first == Prompt("P1", "close", None, Mode.SAY, "Thank you.", ("SM", "d"), last_s=150)
    assert second == Prompt("P2", None, "silence", Mode.CUE, "Let it be.", ("d",), theme=True)
    assert bank.phase_prompts("close") == (first,)
    assert bank.situation_prompts("silence") == (second,)
    assert bank.phases == {"close"}
    assert basis_text(bank, first) == "The paper, Methods; design judgement"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("[sources]\n", "[sources\n", 1, "not TOML"),
        ('SM = "The paper, Methods"', "SM = 3", 2, "quotation marks"),
        ('[sources]\nSM = "The paper, Methods"\nd = "design judgement"\n', "sources = 3\n", 1, "[sources] table"),
        ("[[situation]]", "[[situations]]", 5, "“situations” is not recognised"),
        ("[[situation]]", "[situation]", 5, "[[situation]] table"),
        ('label = "Quiet"', 'lable = "Quiet"', 7, "“lable” is not recognised"),
        ('label = "Quiet"\n', "", 5, "“label” is missing"),
        ('meaning = "Silence"\n', 'meaning = "a"\n[[situation]]\nkey = "silence"\nlabel="b"\nmeaning="c"\n', 10, "two"),
        ("[[prompt]]", "[[prompts]]", 10, "“prompts” is not recognised"),
        ('id = "P1"', "", 10, "“id” is missing"),
        ('id = "P2"', 'id = "P1"', 19, "two prompts are called “P1”"),
        ('mode = "say"', 'mode = "sing"', 13, "not “sing”"),
        ('phase = "close"\n', "", 11, "must belong to a phase or to a situation"),
        ('situation = "silence"\n', 'situation = "silence"\nphase = "close"\n', 19, "must belong to a phase or"),
        ('situation = "silence"', 'situation = "noise"', 20, "no situation “noise”"),
        ('text = "Thank you."', 'text = ""', 14, "“text” is empty"),
        ('basis = ["SM", "d"]\n', "", 10, "must say what it is based on"),
        ('basis = ["SM", "d"]', 'basis = ["SM", "X"]', 15, "no source “X”"),
        ("last_minutes = 2.5", "last_minutes = -1", 16, "number of minutes"),
        ("theme = true", 'theme = "yes"', 24, "true or false"),
        ("theme = true", "them = true", 24, "“them” is not recognised"),
    ],
)
def test_a_refusal_names_its_line_and_reason(old, new, line, reason):
    with pytest.raises(FormatError) as refused:
        parse_bank(SOUND.replace(old, new, 1))
    assert (refused.value.line, reason in refused.value.reason) == (line, True), refused.value


@given(st.integers(0, len(SOUND)), st.text(max_size=12))
def test_any_text_in_a_bank_is_read_or_refused(at, typed):
    text = SOUND[:at] + typed + SOUND[at:]
    try:
        parse_bank(text)
    except FormatError as refused:
        assert 1 <= refused.line <= text.count("\n") + 1  # noqa: PT017  it may also be read


def test_the_shipped_bank_answers_every_situation_that_can_be_offered(bank):
    assert len(bank.situations) == 39
    for situation in bank.situations:
        offered = [p for p in bank.situation_prompts(situation.key) if situation.theme or not p.theme]
        assert [p for p in offered if situation.recorded or not p.recorded], situation.key


def test_situations_based_on_the_papers_findings_are_marked(bank):
    assert {s.key for s in bank.situations if s.theme} == {"hierarchy", "identity", "empathy-cost", "toughen-up"}


@pytest.mark.parametrize(
    "situation",
    [
        *("knows-patient", "leader-colleague", "moralising", "presenter-praised", "presenter-attacked"),
        *("anger-leader", "own-reaction", "co-leaders", "racism", "own-trauma", "complaint", "not-returning"),
        *("silence", "silence-close"),
    ],
)
def test_a_situation_that_a_leader_meets_is_in_the_bank(bank, situation):
    assert bank.situation_prompts(situation)


@pytest.mark.parametrize(
    "cut",
    [
        *("in your body", "going on inside you", "trying to appear", "private self", "Whom did you not want"),
        *("when we stop feeling", "where does our kindness", "What were we near", "kind of quiet"),
        *("Everyone has agreed", "colleague from the ward", "colleague on the ward", "not alone", "act if someone"),
    ],
)
def test_no_line_interprets_interrogates_or_preaches(bank, cut):
    assert not [prompt.id for prompt in bank.prompts if cut.casefold() in prompt.text.casefold()]
    assert {"framing", "call", "presentation", "questions", "sit-out", "reflection", "return", "close"} <= bank.phases


def test_every_prompt_that_rests_on_themes_alone_is_marked(bank):
    themes = {"S1", "S2", "S3", "S4"}
    marked = [prompt for prompt in bank.prompts if prompt.theme]

    assert len(marked) == 9
    assert all(set(prompt.basis) <= themes for prompt in marked)


@pytest.mark.parametrize(
    ("online", "leaving"),
    [
        (False, "step out, alone and without giving a reason; offer company"),
        (True, "turn the camera off or leave the call without giving a reason; offer a private message"),
    ],
)
def test_someone_needs_care_is_answered_step_by_step_the_support_last(bank, online, leaving):
    care = bank.for_setting(online=online).care_prompts()

    assert [prompt.text.split()[0] for prompt in care[:2]] == ["Slow", "Wait."]
    assert len([prompt for prompt in care if not prompt.recorded]) == 6
    assert [prompt.text for prompt in care if prompt.recorded] == ["I can pause the recorder too."]
    assert any(leaving in prompt.text for prompt in care)
    assert "{support}" in care[-1].text
    assert not any(prompt.theme for prompt in care)


def test_what_fits_one_setting_alone_is_offered_in_no_other():
    marked = parse_bank(SOUND.replace("theme = true", "online = true").replace("last_minutes = 2.5", "online = false"))
    first, second = marked.prompts

    assert (first.online, second.online) == (False, True)
    assert marked.for_setting(online=False).prompts == (first,)
    assert marked.for_setting(online=True).prompts == (second,)
    assert parse_bank(SOUND).for_setting(online=True) == parse_bank(SOUND)


_ROOM = re.compile(r"circle|chair|step out|sign on the door|move back|laptop round|in the room\b")
_CALL = re.compile(r"camera|microphone|\bmute|on the line|the call\b|headphones")


def test_by_video_call_no_line_is_of_a_room_and_in_a_room_none_is_of_a_call(bank):
    online, room = bank.for_setting(online=True), bank.for_setting(online=False)
    of_calls = bank.situation_prompts("online")

    assert [prompt.text for prompt in online.prompts if _ROOM.search(prompt.text)] == []
    assert [prompt.text for prompt in room.prompts if _CALL.search(prompt.text) and prompt not in of_calls] == []
    assert not any(_ROOM.search(situation.meaning) for situation in bank.situations)


@pytest.mark.parametrize("key", ["online", "evaluation-online"])
def test_no_format_held_by_video_call_speaks_of_a_room(key):
    text = resources.text(f"formats/{key}.toml").partition("key =")[2]

    assert _ROOM.findall(text) == []
    assert "be here" not in text


def test_no_prompt_names_a_time_of_one_format_alone(bank):
    assert not [prompt.id for prompt in bank.prompts if "45:00" in prompt.text]


@pytest.mark.parametrize(
    ("name", "version", "deck"), [("Balint", "1.2", "Balint 1.2"), ("Balint", "", "Balint"), ("", "", "")]
)
def test_a_report_names_the_deck_with_its_version_if_it_has_one(bank, name, version, deck):
    assert replace(bank, name=name, version=version).deck == deck
