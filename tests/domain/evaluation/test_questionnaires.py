"""Reading questionnaires: accepted as written, or refused with line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from balint_desktop import resources
from balint_desktop.domain.evaluation.questionnaires import LONGEST, parse_questionnaire
from balint_desktop.domain.session.format_lines import FormatError
from balint_desktop.domain.session.formats import parse_format

SHIPPED = resources.text("questionnaires/written-part.toml")
FIRST = Path(__file__).parents[2] / "vectors" / "questionnaires" / "written-part-1.toml"
TOP = 'key = "k"\nname = "N"\nfrom_words = "no"\nto_words = "yes"\n'


def test_the_shipped_one_is_of_our_own_and_asks_what_no_one_can_answer_before_leader_and_microphone():
    shipped = parse_questionnaire(SHIPPED)
    assert (shipped.version, len(shipped.statements), len(shipped.lines)) == (3, 12, 2)
    assert shipped.statements[0] == "I felt safe to speak."
    assert (shipped.from_words, shipped.to_words) == ("not at all", "very much")
    asked = " ".join(shipped.statements)
    for words in (
        "free to refuse",
        "my own choice",
        "stayed here",
        "leader’s role",
        "recorded",
        "culture",
        "worse off",
    ):
        assert words in asked
    assert "shared fairly" not in asked


def test_the_discussion_opens_with_the_widest_question_and_asks_nothing_of_the_written_part():
    questions = parse_format(resources.text("formats/evaluation.toml")).questions
    spoken = " ".join(words for one in questions for words in (one.text, *one.probes, *one.theme_probes))

    assert questions[0].text == "What was it like?"
    for words in ("confidential", "worse off", "recorder", "your choice"):
        assert words not in spoken


def test_the_first_version_is_still_read_as_it_was_answered():
    first = parse_questionnaire(FIRST.read_text(encoding="utf-8"))

    assert (first.key, first.version, len(first.statements)) == ("written-part", 1, 6)
    assert first.statements[-1] == "Presenting was shared fairly."


@pytest.mark.parametrize("version", ["0", "-1", "1.5", "true", '"2"', "1000"])
def test_a_version_is_a_whole_number_from_one(version):
    with pytest.raises(FormatError, match="version"):
        parse_questionnaire(TOP + f"version = {version}\n" + '[[statement]]\ntext = "a"\n')


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("key = ", 1, "this is not TOML"),
        (TOP, 1, "at least one"),
        (TOP + '[[statement]]\ntext = ""\n', 6, "empty"),
        (TOP + '[[statement]]\nwords = "a"\n', 6, "not recognised"),
        (TOP + '[[statement]]\ntext = "a"\n[[statement]]\ntext = "a"\n', 8, "twice"),
        (TOP + f'[[statement]]\ntext = "{"x" * (LONGEST + 1)}"\n', 6, "at most"),
        (TOP + '[[statement]]\ntext = "a"\n' + "".join(f'[[line]]\ntext = "{n}"\n' for n in range(3)), 11, "at most 2"),
        (TOP.replace('"k"', '"K k"') + '[[statement]]\ntext = "a"\n', 1, "lower-case letters"),
        (TOP.replace('to_words = "yes"\n', "") + '[[statement]]\ntext = "a"\n', 1, "missing"),
        (TOP + 'statement = "a"\n', 5, "[[statement]]"),
        (TOP + 'least = 2\n[[statement]]\ntext = "a"\n', 5, "not recognised"),
    ],
)
def test_an_unusable_questionnaire_is_refused_with_its_line(text, line, reason):
    with pytest.raises(FormatError) as refused:
        parse_questionnaire(text)
    assert refused.value.line == line
    assert reason in refused.value.reason
