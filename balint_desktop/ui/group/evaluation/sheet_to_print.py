"""The questionnaire sheet on paper."""

from __future__ import annotations

from html import escape

from balint_desktop.domain.evaluation.questionnaires import POINTS, Questionnaire
from balint_desktop.i18n import tr

_RULED_LINES = 2


def sheet_html(asked: Questionnaire) -> str:
    """Return one sheet as simple HTML: statements with five boxes, and ruled lines."""
    answers = "".join(f"<td align='center'>{number}</td>" for number in range(1, POINTS + 1))
    boxes = "<td align='center'>\u2610</td>" * POINTS
    rows = "".join(f"<tr><td>{escape(words)}</td>{boxes}</tr>" for words in asked.statements)
    ends = tr("1: {from_words}. {most}: {to_words}.").format(
        from_words=asked.from_words, to_words=asked.to_words, most=POINTS
    )
    ruled = "<hr/><br/>" * _RULED_LINES
    lines = "".join(f"<p>{escape(words)}</p><br/>{ruled}" for words in asked.lines)
    return (
        f"<h1>{escape(asked.name)}</h1>"
        f"<p>{escape(_about())}</p>"
        f"<p>{escape(ends)}</p>"
        f"<table width='100%' cellspacing='0'><tr><td></td>{answers}</tr>{rows}</table><br/>{lines}"
    )


def _about() -> str:
    return tr(
        "Please do not write your name or code on this sheet. Leave blank whatever you like. Only counts and your "
        "own words are saved, and your words may be read. Put the sheet face down with the others, or in the "
        "envelope."
    )
