"""Reading questionnaires: accepted as written, or refused with line and reason."""

from __future__ import annotations

import pytest

from balint_desktop import resources
from balint_desktop.domain.evaluation.questionnaires import LONGEST, parse_questionnaire
from balint_desktop.domain.session.format_lines import FormatError

SHIPPED = resources.text("questionnaires/written-part.toml")
TOP = 'key = "k"\nname = "N"\nfrom_words = "no"\nto_words = "yes"\n'


def test_the_shipped_one_has_six_statements_of_our_own_and_two_lines():
    shipped = parse_questionnaire(SHIPPED)
    assert len(shipped.statements) == 6
    assert len(shipped.lines) == 2
    assert shipped.statements[0] == "I felt safe to speak."
    assert (shipped.from_words, shipped.to_words) == ("not at all", "very much")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("key = ", 1, "this is not TOML"),
        (TOP, 1, "at least one"),
        (TOP + '[[statement]]\ntext = ""\n', 6, "empty"),
        (TOP + '[[statement]]\nwords = "a"\n', 6, "not known"),
        (TOP + '[[statement]]\ntext = "a"\n[[statement]]\ntext = "a"\n', 8, "twice"),
        (TOP + f'[[statement]]\ntext = "{"x" * (LONGEST + 1)}"\n', 6, "at most"),
        (TOP + '[[statement]]\ntext = "a"\n' + "".join(f'[[line]]\ntext = "{n}"\n' for n in range(3)), 11, "at most 2"),
        (TOP.replace('"k"', '"K k"') + '[[statement]]\ntext = "a"\n', 1, "small letters"),
        (TOP.replace('to_words = "yes"\n', "") + '[[statement]]\ntext = "a"\n', 1, "missing"),
        (TOP + 'statement = "a"\n', 5, "[[statement]]"),
        (TOP + 'least = 2\n[[statement]]\ntext = "a"\n', 5, "not known"),
    ],
)
def test_an_unusable_questionnaire_is_refused_with_its_line(text, line, reason):
    with pytest.raises(FormatError) as refused:
        parse_questionnaire(text)
    assert refused.value.line == line
    assert reason in refused.value.reason
