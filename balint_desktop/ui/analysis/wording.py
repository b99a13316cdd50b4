"""Words of Analysis used by more than one of its pages."""

from __future__ import annotations

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
from balint_desktop.i18n import tr, tr_in


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
    words = tr("{name}, version {version}").format(name=of.name, version=of.version)
    return tr("{text} (evaluation)").format(text=words) if of.kind is SessionKind.EVALUATION else words


def author_line(of: Author) -> str:
    """Return an author in a line."""
    return f"{of.label} · {role_name(of.role)} · {workplace_name(of.workplace)}"


def state_name(state: ThemeState) -> str:
    """Return how far a theme is."""
    return {
        ThemeState.CANDIDATE: tr("Candidate"),
        ThemeState.REVIEWED: tr("Reviewed"),
        ThemeState.NAMED: tr("Named"),
        ThemeState.LET_GO: tr("Let go"),
    }[state]


def outcome_name(outcome: MatterOutcome, author: str = "") -> str:
    """Return what was decided. `author` is whose coding counts, for AS_CODER."""
    return {
        MatterOutcome.KEEP: tr("Keep"),
        MatterOutcome.AS_CODER: tr("As {author} has it").format(author=author) if author else tr("As one coder has it"),
        MatterOutcome.WIDER: tr_in("analysis", "Wider"),
        MatterOutcome.NARROWER: tr_in("analysis", "Narrower"),
        MatterOutcome.BOTH_STAND: tr("Keep both"),
        MatterOutcome.NONE: tr("Neither"),
        MatterOutcome.LEFT_OPEN: tr("Left open"),
    }[outcome]


def label_of(study: AnalysisStudy, author: str) -> str:
    """Return what an author is called."""
    return next((one.label for one in study.authors if one.id == author), tr("unknown"))
