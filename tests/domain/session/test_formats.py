"""Every refusal of a format file names the line to fix, and why."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop import resources
from balint_desktop.domain.session.formats import FormatError, Phase, Question, parse_format
from balint_desktop.domain.values import SessionKind

SOUND = """\
key = "mine"
name = "Mine"
kind = "case"

[[phase]]
key = "open"
label = "Open"
title = "Open"
sentence = "We open."
from = 0
until = 2.5
prompts = "framing"
chips = ["silence"]
words = ["One.", "Two."]

[[phase]]
key = "close"
label = "Close"
title = "Close"
sentence = "We close."
from = 2.5
until = 10
fixed = true
mark_name = "the close begins"
step = "Close"
case = 1

[[question]]
text = "What stands out?"
probes = ["Really?"]
"""


def line_of(text, start, nth=1):
    """Return the line (from 1) of the nth row that begins like this."""
    rows = [number for number, row in enumerate(text.split("\n"), start=1) if row.startswith(start)]
    return rows[nth - 1]


def changed(old, new, nth=1):
    """Return the valid format with the nth occurrence of a row replaced."""
    at = [match.start() for match in re.finditer(re.escape(old), SOUND)][nth - 1]
    return SOUND[:at] + new + SOUND[at + len(old) :]


def test_a_valid_file_is_read_completely():
    mine = parse_format(SOUND)

    assert mine.phases == (
        Phase(
            key="open",
            label="Open",
            title="Open",
            sentence="We open.",
            from_s=0,
            until_s=150,
            prompts="framing",
            chips=("silence",),
            words=("One.", "Two."),
        ),
        Phase(
            key="close",
            label="Close",
            title="Close",
            sentence="We close.",
            from_s=150,
            until_s=600,
            fixed=True,
            mark_name="the close begins",
            step="Close",
            case=1,
        ),
    )
    assert mine.questions == (Question("What stands out?", ("Really?",)),)
    assert (mine.key, mine.name, mine.kind, mine.length_s, mine.cases) == ("mine", "Mine", SessionKind.CASE, 600, 1)
    assert (mine.about, mine.end_words, mine.note_presenter_in_s, mine.online) == ("", "", None, False)
    assert mine.phases[1].planned_s == 450


REFUSED = [
    # the replacement, what it replaces (the nth of its kind), the row that the error names, and part of its reason
    ("name =", 'name = "Mine"', 1, "name =", "not TOML"),
    ('name = "Mine', 'name = "Mine"', 1, "name =", "not TOML"),
    ("", 'name = "Mine"\n', 1, "key =", "“name” is missing"),
    ('name = ""', 'name = "Mine"', 1, "name =", "“name” is empty"),
    ('name = "  "', 'name = "Mine"', 1, "name =", "“name” is empty"),
    ("name = 5", 'name = "Mine"', 1, "name =", "text in quotation marks"),
    ('key = "My hour"', 'key = "mine"', 1, "key =", "lower-case letters"),
    ('key = "mine\\n"', 'key = "mine"', 1, "key =", "lower-case letters"),
    ('kind = "cases"', 'kind = "case"', 1, "kind =", "not “cases”"),
    ('nmae = "x"', 'kind = "case"', 1, "nmae =", "“nmae” is not recognised"),
    ('online = "yes"', 'kind = "case"', 1, "online =", "true or false"),
    ("note_presenter_in = -1", 'kind = "case"', 1, "note_presenter_in =", "number of minutes"),
    ('lable = "Open"', 'label = "Open"', 1, "lable =", "“lable” is not recognised"),
    ("", 'label = "Open"\n', 1, "[[phase]]", "“label” is missing"),
    ("", "from = 0\n", 1, "[[phase]]", "“from” is missing"),
    ("from = 1", "from = 0", 1, "from =", "begins at minute 1, but a session begins at minute 0"),
    ('from = "0"', "from = 0", 1, "from =", "number of minutes"),
    ("from = true", "from = 0", 1, "from =", "number of minutes"),
    ("from = nan", "from = 0", 1, "from =", "number of minutes"),
    ("until = 601", "until = 2.5", 1, "until =", "number of minutes"),
    ("until = inf", "until = 2.5", 1, "until =", "number of minutes"),
    ("until = 0", "until = 2.5", 1, "until =", "must end after it begins"),
    ("until = 0.001", "until = 2.5", 1, "until =", "must end after it begins"),
    ("chips = [1]", 'chips = ["silence"]', 1, "chips =", "list of texts"),
    ('chips = "silence"', 'chips = ["silence"]', 1, "chips =", "list of texts"),
    ('chips = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]', 'chips = ["silence"]', 1, "chips =", "at most 8"),
    ("fixed = true", 'chips = ["silence"]', 1, "fixed =", "needs a mark_name"),
    ('fixed = true\nmark_name = "x"', 'chips = ["silence"]', 1, "fixed =", "needs no mark"),
    ("presenter_out = 1", 'chips = ["silence"]', 1, "presenter_out =", "true or false"),
    ('key = "open"', 'key = "close"', 1, ("key =", 3), "two phases are called “open”"),
    ('key = "close phase"', 'key = "close"', 1, ("key =", 3), "lower-case letters"),
    ("from = 3", "from = 2.5", 1, ("from =", 2), "begins at minute 3, but the one before it ends at minute 2.5"),
    ('step = ""', 'step = "Close"', 1, "step =", "needs a step"),
    ("", 'step = "Close"\n', 1, ("[[phase]]", 2), "needs a step"),
    ("step = 5", 'step = "Close"', 1, "step =", "text in quotation marks"),
    ('fixed = "true"', "fixed = true", 1, "fixed =", "without quotation marks"),
    ("", 'mark_name = "the close begins"\n', 1, "fixed =", "needs a mark_name"),
    ("case = 10", "case = 1", 1, "case =", "number up to 9"),
    ("case = true", "case = 1", 1, "case =", "number up to 9"),
    ("case = 1.0", "case = 1", 1, "case =", "number up to 9"),
    ("", 'text = "What stands out?"\n', 1, "[[question]]", "“text” is missing"),
    ('prompts = ["x"]', 'probes = ["Really?"]', 1, "prompts =", "“prompts” is not recognised"),
    ("probes = 3", 'probes = ["Really?"]', 1, "probes =", "list of texts"),
    ("[[questions]]", "[[question]]", 1, "[[questions]]", "“questions” is not recognised"),
]


@pytest.mark.parametrize(
    ("written", "instead_of", "nth", "row", "reason"), REFUSED, ids=[f"{r[0] or 'no'} {r[1]}"[:50] for r in REFUSED]
)
def test_a_refusal_names_its_line_and_reason(written, instead_of, nth, row, reason):
    text = changed(instead_of, written, nth)
    start, which = row if isinstance(row, tuple) else (row, 1)
    if row == "prompts =":
        which = 2

    with pytest.raises(FormatError) as refused:
        parse_format(text)
    assert (refused.value.line, reason in refused.value.reason) == (line_of(text, start, which), True), refused.value


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "“key” is missing"),
        ('key = "a"\nname = "b"\n', 1, "at least one [[phase]]"),
        ('key = "a"\nname = "b"\n[phase]\nkey = "c"\n', 3, "[[phase]] table"),
        ('key = "a"\nname = "b"\nphase = [1]\n', 3, "[[phase]] table"),
        ('key = "a"\nname = "b\n', 2, "not TOML"),
        ('key = "a"\nname = """b\n', 2, "not TOML"),
        ('key = "a"\nname = """b', 2, "not TOML"),
        ('key = "a"\nkey = "b"\n', 2, "not TOML"),
    ],
)
def test_a_file_that_is_not_a_format_is_refused(text, line, reason):
    with pytest.raises(FormatError) as refused:
        parse_format(text)
    assert refused.value.line == line, refused.value
    assert reason in refused.value.reason
    assert str(refused.value) == f"line {line}: {refused.value.reason}"


def test_questions_are_tables():
    text = changed('kind = "case"', "question = 3").split("[[question]]", maxsplit=1)[0]

    with pytest.raises(FormatError, match="line 3: write each one as a") as refused:
        parse_format(text)
    assert refused.value.line == 3


def test_a_chip_or_prompts_missing_from_the_bank_are_refused(bank):
    assert parse_format(SOUND, bank).key == "mine"
    for old, new, row, reason in (
        ('chips = ["silence"]', 'chips = ["silense"]', "chips =", "no situation “silense”"),
        ('prompts = "framing"', 'prompts = "frame"', "prompts =", "no prompts for “frame”"),
    ):
        text = changed(old, new)
        with pytest.raises(FormatError) as refused:
            parse_format(text, bank)
        assert refused.value.line == line_of(text, row)
        assert reason in refused.value.reason


def test_only_a_format_with_questions_may_ask_for_them_as_prompts(bank):
    asking = changed('prompts = "framing"', 'prompts = "evaluation"')
    assert parse_format(asking, bank).questions
    with pytest.raises(FormatError, match="no prompts"):
        parse_format(asking[: asking.index("[[question]]")], bank)


@given(st.integers(0, len(SOUND)), st.text(max_size=12))
def test_any_text_in_a_file_is_read_or_refused_with_an_existing_line(at, typed):
    text = SOUND[:at] + typed + SOUND[at:]
    try:
        parse_format(text)
    except FormatError as refused:
        assert 1 <= refused.line <= text.count("\n") + 1  # noqa: PT017  it may also be read
        assert refused.reason  # noqa: PT017


class TestShipped:
    KEYS = ("student-hour", "two-cases", "single-case", "online", "evaluation", "evaluation-online")

    def read(self, key, bank):
        return parse_format(resources.text(f"formats/{key}.toml"), bank)

    def test_the_student_hour_matches_the_paper(self, bank):
        hour = self.read("student-hour", bank)

        assert [(p.label, p.from_s / 60, p.until_s / 60, p.fixed, p.presenter_out) for p in hour.phases] == [
            ("Open", 0, 3, False, False),
            ("Call", 3, 5, False, False),
            ("Case", 5, 12, False, False),
            ("Questions", 12, 17, False, False),
            ("Group reflects", 17, 45, False, True),
            ("Presenter returns", 45, 55, True, False),
            ("Close", 55, 60, False, False),
        ]
        assert hour.note_presenter_in_s == 20 * 60

    @pytest.mark.parametrize(
        ("key", "name", "minutes", "cases"),
        [
            ("student-hour", "Student hour", 60, 1),
            ("two-cases", "Ninety minutes, two cases", 90, 2),
            ("single-case", "Single case, fifty minutes", 50, 1),
            ("online", "Online", 60, 1),
            ("evaluation", "Evaluation session", 60, 0),
        ],
    )
    def test_each_has_its_length_and_cases(self, bank, key, name, minutes, cases):
        shipped = self.read(key, bank)

        assert (shipped.key, shipped.name, shipped.length_s, shipped.cases) == (key, name, minutes * 60, cases)
        assert shipped.about
        assert shipped.end_words
        assert shipped.online is (key == "online")
        assert shipped.kind is (SessionKind.EVALUATION if key == "evaluation" else SessionKind.CASE)

    @pytest.mark.parametrize("key", KEYS)
    def test_each_opens_with_what_is_true_everywhere_and_says_what_to_say_before_each_step(self, bank, key):
        first, *others = self.read(key, bank).phases

        assert len(first.words) == 4
        assert "If I’m worried about safety I may need to tell someone; I’d speak with you first." in first.words[0]
        assert "names and anything that could identify someone" in first.words[1]
        assert "pass" in first.words[2]
        assert "{support}" in first.words[3]
        # What is said of a recording depends on the group, and is added to these lines.
        assert not any("record" in line or "agreed" in line for line in first.words)
        assert all(phase.step_words and phase.step for phase in others)
        assert others[-1].words
        assert all(0 < len(phase.label) <= 18 for phase in (first, *others))

    @pytest.mark.parametrize("key", KEYS)
    def test_the_words_to_the_leaving_presenter_name_the_time_of_the_return(self, bank, key):
        for before, phase in zip(self.read(key, bank).phases, self.read(key, bank).phases[1:], strict=False):
            if phase.presenter_out and not before.presenter_out:
                assert "{back}" in phase.step_words

    def test_the_evaluation_asks_seven_questions_and_tags_nothing(self, bank):
        evaluation = self.read("evaluation", bank)

        assert len(evaluation.questions) == 7
        assert evaluation.questions[0].text == "What was it like?"
        assert all(question.probes or question.theme_probes for question in evaluation.questions[:-1])
        everything = " ".join(line for q in evaluation.questions for line in (q.text, *q.probes, *q.theme_probes))
        # What cannot be answered honestly before the leader and a recorder.
        assert not re.search("record|confiden|worse|your choice", everything)
        assert not re.search(r"\bS[1-4]\b", resources.text("formats/evaluation.toml").split("[[phase]]", 1)[1])

    def test_an_evaluation_by_video_call_asks_what_one_in_a_room_asks_in_the_same_time(self, bank):
        room, online = (self.read(key, bank) for key in ("evaluation", "evaluation-online"))

        assert (room.online, online.online) == (False, True)
        assert online.kind is room.kind
        assert online.questions == room.questions
        assert [(p.key, p.from_s, p.until_s) for p in online.phases] == [
            (p.key, p.from_s, p.until_s) for p in room.phases
        ]

    def test_online_the_presenter_turns_camera_and_microphone_off(self, bank):
        out = next(phase for phase in self.read("online", bank).phases if phase.presenter_out)

        assert "camera and microphone off" in out.step_words

    def test_there_are_no_others(self):
        assert {path.stem for path in resources.folder("formats").glob("*.toml")} == set(self.KEYS)
