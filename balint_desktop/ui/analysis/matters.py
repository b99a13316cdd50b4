"""What a meeting talks about: themes, codes that may be the same, codes of one coder, then passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from balint_desktop.domain.analysis.compare import CodePair, CoderCode, Dispute, likely_same
from balint_desktop.domain.analysis.framework import Framework
from balint_desktop.domain.analysis.study import MatterDecision, ThemeState
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr
from balint_desktop.text.themes import theme_name
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

    @property
    def is_of_one(self) -> bool:
        """Whether it is a code that one coder alone gave, as a whole."""
        return bool(self.code) and self.pair is None and self.dispute is None and len(self.who) == 1

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
    """Return the themes, then the pairs of codes that may be the same, then codes in common, then codes of one alone.

    A code in common is one that several coders had from the framework.
    """
    found = [
        Matter(tr("Theme: {theme}").format(theme=theme_name(one)), theme=one.id)
        for one in opened.themes.themes
        if one.state is not ThemeState.LET_GO and not one.is_blank
    ]
    names = {(author, code.guid): code.name for author, code in material.codes}
    same = framework.same_in({author: work.book for author, work in material.works.items()})
    said = framework.same_as
    paired: set[tuple[str, str]] = set()
    for pair in likely_same(material.spans, names):
        is_named = pair.one in names and pair.other in names
        is_common = pair.one in same and same[pair.one] == same.get(pair.other) and pair.one not in said
        if not is_named or is_common:
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
    shared = {same[key] for key in given if key in same and sum(same.get(other) == same[key] for other in given) > 1}
    in_pairs = {same[key] for key in paired if key in same}
    found += [
        Matter(
            tr("{code}: {authors}").format(
                code=next(names[key] for key in names if same.get(key) == common),
                authors=", ".join(wording.label_of(opened.study, author) for author in who),
            ),
            who,
            code=common,
        )
        for common in sorted(shared - in_pairs, key=list(same.values()).index)
        if (who := tuple(author for author in material.works if _gave(author, common, given, same)))
    ]
    for key, name in names.items():
        if key in given and key not in paired and same.get(key) not in shared:
            title = tr("{code}: given by {author} only").format(
                code=name, author=wording.label_of(opened.study, key[0])
            )
            found.append(Matter(title, (key[0],), code=key[1]))
    return tuple(found)


def _gave(author: str, common: str, given: AbstractSet[CoderCode], same: Mapping[CoderCode, str]) -> bool:
    return any(key[0] == author and same.get(key) == common for key in given)


def compared_as(matter: Matter, material: CodedMaterial, framework: Framework) -> Mapping[CoderCode, str]:
    """Return under which common code the codes of a matter are compared, passage by passage; none for a theme.

    Two codes that nobody has called the same yet are compared as if they were.
    """
    same = framework.same_in({author: work.book for author, work in material.works.items()})
    named = [matter.pair.one[1], matter.pair.other[1]] if matter.pair is not None else [matter.code]
    members = [(author, code.guid) for author, code in material.codes if code.guid in named]
    common = {same[key] for key in members if key in same} | set(named)
    members += [key for key, code in same.items() if code in common]
    target = next((same[key] for key in members if key in same), matter.code)
    return dict.fromkeys(members, target)


def passage_matter(opened: OpenStudy, framework: Framework, dispute: Dispute, name: str = "") -> Matter:
    """Return a passage over which coders differ, as a matter. `name` is that of a code in no framework."""
    code = next((one.name for one in framework.book.codes if one.guid == dispute.code), name)
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
