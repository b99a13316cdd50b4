"""Words of Analysis used by more than one of its pages."""

from __future__ import annotations

from balint_desktop.domain.analysis.consensus import CONSENSUS
from balint_desktop.domain.analysis.framework import FrameworkChange
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    Approach,
    Author,
    AuthorRole,
    MatterOutcome,
    StudyText,
    ThemeState,
    Workplace,
)
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr, tr_in, tr_n

# As many names as are read in a line.
_FEW = 4


def approach_name(approach: Approach) -> str:
    """Return the name of an approach."""
    return {
        Approach.REFLEXIVE: tr("Reflexive"),
        Approach.CODEBOOK: tr("Codebook"),
        Approach.RELIABILITY: tr("Coding reliability"),
    }[approach]


def approach_line(approach: Approach) -> str:
    """Return what an approach is, in a line."""
    return {
        Approach.REFLEXIVE: tr("You read, reflect and develop themes in discussion. No rounds, no comparison."),
        Approach.CODEBOOK: tr("Each codes alone in rounds; you compare and agree."),
        Approach.RELIABILITY: tr("As codebook, with figures of agreement."),
    }[approach]


def role_name(role: AuthorRole) -> str:
    """Return what an author is to the study."""
    return {
        AuthorRole.TEAM: tr("Team"),
        AuthorRole.INDEPENDENT: tr("Independent coder"),
        AuthorRole.SUPERVISOR: tr("Supervisor: comments only"),
    }[role]


def workplace_name(workplace: Workplace) -> str:
    """Return where an author codes."""
    return {
        Workplace.HERE: tr("In this vault"),
        Workplace.VAULT: tr("In their own vault"),
        Workplace.WORD: tr("In Word"),
        Workplace.PAPER: tr("On paper"),
        Workplace.PROGRAM: tr("In another program"),
    }[workplace]


def text_name(of: StudyText) -> str:
    """Return the name of a text with its version."""
    return _marked(of, tr("{name}, version {version}").format(name=of.name, version=of.version))


def name_alone(of: StudyText) -> str:
    """Return the name of a text where its version is beside it."""
    return _marked(of, of.name)


def _marked(of: StudyText, words: str) -> str:
    return tr("{text} (evaluation)").format(text=words) if of.kind is SessionKind.EVALUATION else words


def author_line(of: Author) -> str:
    """Return an author in a line."""
    return f"{of.label} · {role_name(of.role)} · {workplace_name(of.workplace)}"


def coder_name(of: Author) -> str:
    """Return what a coder is called, and that they are from outside where they are."""
    return tr("{author} (independent coder)").format(author=of.label) if of.role is AuthorRole.INDEPENDENT else of.label


def version_name(version: int, codes: int) -> str:
    """Return a version of the framework with how many codes it has."""
    words = tr_n("Version {version} of the framework: {n} code", "Version {version} of the framework: {n} codes", codes)
    return words.format(version=version, n=codes)


def change_words(change: FrameworkChange) -> str:
    """Return what changed from one version of a framework to the next: counted, and named where it is few."""
    renamed = [tr("{old}, now {new}").format(old=old, new=new) for old, new in change.renamed]
    kinds = (
        (tr("{n} added"), change.added),
        (tr("{n} removed"), change.removed),
        (tr("{n} renamed"), renamed),
        (tr("{n} rewritten"), change.redefined),
        (tr("{n} moved or retired"), change.moved),
    )
    found = []
    for words, names in kinds:
        if names:
            shown = words.format(n=len(names))
            found.append(f"{shown} ({'; '.join(names)})" if len(names) <= _FEW else shown)
    return ", ".join(found) or tr("nothing changed")


def state_name(state: ThemeState) -> str:
    """Return how far a theme is."""
    return {
        ThemeState.CANDIDATE: tr("Candidate"),
        ThemeState.REVIEWED: tr("Reviewed"),
        ThemeState.NAMED: tr("Named"),
        ThemeState.LET_GO: tr("Let go"),
    }[state]


def outcome_name(outcome: MatterOutcome, author: str = "", *, is_of_one: bool = False) -> str:
    """Return what was decided. `author` is whose coding counts, for AS_CODER; `is_of_one` for a code of one coder."""
    if is_of_one and outcome is MatterOutcome.NONE:
        return tr("Leave out")
    return {
        MatterOutcome.KEEP: tr("Keep"),
        MatterOutcome.AS_CODER: tr("As {author} has it").format(author=author) if author else tr("As one coder has it"),
        MatterOutcome.WIDER: tr_in("analysis", "Wider"),
        MatterOutcome.NARROWER: tr_in("analysis", "Narrower"),
        MatterOutcome.BOTH_STAND: tr("Keep both"),
        MatterOutcome.NONE: tr("Neither"),
        MatterOutcome.LEFT_OPEN: tr("Left open"),
    }[outcome]


def outcome_line(outcome: MatterOutcome, *, is_theme: bool) -> str:
    """Return what a decision does for consensus, in a line; empty where one on a theme does nothing for it."""
    if is_theme:
        is_kept = outcome in {MatterOutcome.KEEP, MatterOutcome.BOTH_STAND}
        return tr("All that was coded with this theme’s codes counts.") if is_kept else ""
    return {
        MatterOutcome.KEEP: tr("What anyone marked here counts."),
        MatterOutcome.AS_CODER: tr("What this coder marked counts, and nothing else."),
        MatterOutcome.WIDER: tr("All of these words count."),
        MatterOutcome.NARROWER: tr("Only what all who gave the code marked counts."),
        MatterOutcome.BOTH_STAND: tr("Both count as they are."),
        MatterOutcome.NONE: tr("Nothing here counts."),
        MatterOutcome.LEFT_OPEN: tr("Only what all coders marked counts, until it is decided."),
    }[outcome]


def label_of(study: AnalysisStudy, author: str) -> str:
    """Return what an author is called."""
    if author == CONSENSUS:
        return tr("Consensus")
    return next((one.label for one in study.authors if one.id == author), tr("unknown"))
