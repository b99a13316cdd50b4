"""The page for a meeting on paper: matters, who, what was decided and why, on two sides."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from html import escape

from PySide6.QtCore import QSizeF

from balint_desktop.domain.analysis.study import MatterDecision
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.matters import Matter, decision_of, matter_words, who_words
from balint_desktop.ui.export import paper
from balint_desktop.ui.theme.colours import Paper

SIDES = 2
_A4_MM = (210.0, 297.0)
# What a printer's own fonts may need more, in lines of the last side.
_MARGIN_MM = 26.0
_LONGEST_WORDS = 240


def meeting_html(
    opened: OpenStudy,
    matters: Sequence[Matter],
    decisions: Sequence[MatterDecision],
    when: str,
    here: Sequence[str] | None = None,
    *,
    same: AbstractSet[str] = frozenset(),
) -> str:
    """Return the page, with as many matters as fit on two sides; those left out are counted.

    `here` are the authors who are at the meeting, all where None; `same` the matters, by their codes, of two codes that
    are marked as the same already.
    """
    present = ", ".join(one.label for one in opened.study.authors if here is None or one.id in here)
    low, high = 0, len(matters)
    while low < high:
        middle = (low + high + 1) // 2
        if (
            _sides(_html(opened, matters[:middle], decisions, (when, present), len(matters) - middle, same=same))
            <= SIDES
        ):
            low = middle
        else:
            high = middle - 1
    return _html(opened, matters[:low], decisions, (when, present), len(matters) - low, same=same)


def _html(
    opened: OpenStudy,
    matters: Sequence[Matter],
    decisions: Sequence[MatterDecision],
    meeting: tuple[str, str],
    left_out: int,
    *,
    same: AbstractSet[str],
) -> str:
    when, present = meeting
    study = opened.study
    parts = [f"<h1>{escape(study.name)}</h1>", f"<p>{escape(tr('Meeting on {day}').format(day=when))}</p>"]
    if study.question:
        parts.append(f"<p>{escape(study.question)}</p>")
    parts.append(f"<p>{escape(tr('Present: {authors}').format(authors=present))}</p>")
    heads = (tr("Matter"), tr("Who"), tr("Decided"), tr("Why"))
    rows = ["<tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + "</tr>"]
    rows += [_row(opened, one, decision_of(one, decisions), is_same=one.code in same) for one in matters]
    parts.append(
        f'<table width="100%" border="1" cellspacing="0" style="border-color: {Paper.LINE};">{"".join(rows)}</table>'
    )
    if left_out:
        words = tr_n("{n} more matter is in the app.", "{n} more matters are in the app.", left_out)
        parts.append(f"<p>{escape(words.format(n=left_out))}</p>")
    return "".join(parts)


def _row(opened: OpenStudy, matter: Matter, decision: MatterDecision | None, *, is_same: bool) -> str:
    words = matter_words(opened, matter)
    if len(words) > _LONGEST_WORDS:
        words = f"{words[:_LONGEST_WORDS].rsplit(' ', 1)[0]} …"
    title = escape(matter.title) + (f"<br>“{escape(words)}”" if words else "")
    decided, why = tr("The same code") if is_same else "", ""
    if decision is not None:
        who = wording.label_of(opened.study, decision.as_author) if decision.as_author else ""
        decided = wording.outcome_name(decision.outcome, who, is_of_one=matter.is_of_one)
        why = decision.reason
    cells = (
        f'<td width="42%">{title}</td>',
        f'<td width="18%">{escape(who_words(opened, matter))}</td>',
        f'<td width="14%">{escape(decided)}</td>',
        f'<td width="26%">{escape(why)}</td>',
    )
    return f"<tr>{''.join(cells)}</tr>"


def _sides(html: str) -> int:
    """Return how many sides a page takes on A4."""
    made = paper.document(html)
    dots = paper.DOTS_AN_INCH / paper.MM_AN_INCH
    made.setDocumentMargin(_MARGIN_MM * dots)
    made.setPageSize(QSizeF(_A4_MM[0] * dots, _A4_MM[1] * dots))
    return int(made.pageCount())
