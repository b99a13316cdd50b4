"""What a meeting talks about: themes, codes that may be the same, codes of one coder, then passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from balint_desktop.domain.analysis.compare import SAME_CODE_FROM, CodePair, Dispute, code_pairs
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.study import MatterDecision, ThemeState
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.material import CodedMaterial, place_of


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to decide. `code`, `theme` or the passage say what a decision is about; `who` are the authors in it.

    `pair` is set where two codes may be the same; `code` then names both, with a space between.
    """

    title: str
    who: tuple[str, ...] = ()
    code: str = ""
    theme: str = ""
    pair: CodePair | None = None
    dispute: Dispute | None = None

    def is_about(self, decision: MatterDecision) -> bool:
        """Return whether a decision is on this matter."""
        if self.dispute is not None:
            span = (decision.text, decision.begin, decision.end, decision.code)
            return span == (self.dispute.text, self.dispute.begin, self.dispute.end, self.dispute.code)
        return decision.text is None and (decision.code, decision.theme) == (self.code, self.theme)


def decision_of(matter: Matter, decisions: Sequence[MatterDecision]) -> MatterDecision | None:
    """Return the decision that counts for a matter: the last one."""
    return next((one for one in reversed(decisions) if matter.is_about(one)), None)


def matters_of(opened: OpenStudy, material: CodedMaterial, framework: Framework) -> tuple[Matter, ...]:
    """Return the themes, then the pairs of codes that may be the same, then the codes that one coder alone has."""
    found = [
        Matter(tr("Theme: {theme}").format(theme=one.name), theme=one.id)
        for one in opened.themes.themes
        if one.state is not ThemeState.LET_GO
    ]
    names = {(author, code.guid): code.name for author, code in material.codes}
    paired: set[tuple[str, str]] = set()
    for pair in code_pairs(material.spans):
        if pair.jaccard < SAME_CODE_FROM or pair.one not in names or pair.other not in names:
            continue
        paired |= {pair.one, pair.other}
        title = tr("{code} ({author}) and {other} ({other_author})").format(
            code=names[pair.one],
            author=wording.label_of(opened.study, pair.one[0]),
            other=names[pair.other],
            other_author=wording.label_of(opened.study, pair.other[0]),
        )
        found.append(Matter(title, (pair.one[0], pair.other[0]), code=f"{pair.one[1]} {pair.other[1]}", pair=pair))
    given = {(one.coder, one.code) for one in material.spans}
    same = framework.same_as
    shared = {same[key] for key in given if key in same and sum(same.get(other) == same[key] for other in given) > 1}
    for key, name in names.items():
        if key in given and key not in paired and same.get(key) not in shared:
            title = tr("{code}: {author} alone").format(code=name, author=wording.label_of(opened.study, key[0]))
            found.append(Matter(title, (key[0],), code=key[1]))
    return tuple(found)


def passage_matter(opened: OpenStudy, framework: Framework, dispute: Dispute) -> Matter:
    """Return a passage over which coders differ, as a matter."""
    code = next((one.name for one in framework.book.codes if one.guid == dispute.code), "")
    title = tr("{code} · {place}").format(code=code, place=place_of(opened, dispute.text, dispute.begin))
    return Matter(title, tuple(dispute.spans), code=dispute.code, dispute=dispute)


def who_words(opened: OpenStudy, matter: Matter) -> str:
    """Return who gave a code, and who did not."""
    label = wording.label_of
    given = ", ".join(label(opened.study, one) for one in matter.who)
    if matter.dispute is None or not matter.dispute.without:
        return given
    without = ", ".join(label(opened.study, one) for one in matter.dispute.without)
    return tr("{authors}; not {others}").format(authors=given, others=without)


def matter_words(opened: OpenStudy, matter: Matter) -> str:
    """Return the words of a passage, empty for another matter."""
    if matter.dispute is None:
        return ""
    approved = opened.texts.get(RecordingId(matter.dispute.text))
    if approved is None:
        return ""
    return " ".join(approved.text[matter.dispute.begin : matter.dispute.end].split())
