"""COREQ items of analysis and findings, filled in where the study knows the answer; the others are marked blanks."""

from __future__ import annotations

from balint_desktop.domain.analysis.study import ThemeState
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.account import AnalysisAccount
from balint_desktop.reports.analysis.methods import coders_words, software_words
from balint_desktop.reports.coreq import CoreqItem
from balint_desktop.reports.figures import blank
from balint_desktop.text.lists import listed


def analysis_items(account: AnalysisAccount) -> tuple[CoreqItem, ...]:
    """Return items 22 to 32 of COREQ (Tong, Sainsbury & Craig 2007)."""
    stated = account.stated
    return (
        CoreqItem(22, tr("Data saturation"), stated.saturation or blank(tr("whether saturation was discussed"))),
        CoreqItem(
            23,
            tr("Transcripts returned"),
            stated.returned or blank(tr("whether transcripts went back to participants")),
        ),
        CoreqItem(24, tr("Number of data coders"), coders_words(account)),
        CoreqItem(25, tr("Description of the coding tree"), _tree(account)),
        CoreqItem(26, tr("Derivation of themes"), _derivation(account)),
        CoreqItem(27, tr("Software"), software_words(account)),
        CoreqItem(
            28,
            tr("Participant checking"),
            stated.feedback or blank(tr("whether participants commented on the findings")),
        ),
        CoreqItem(29, tr("Quotations presented"), _quotations(account)),
        CoreqItem(30, tr("Data and findings consistent"), blank(tr("how quotations and themes fit together"))),
        CoreqItem(31, tr("Clarity of major themes"), _major(account)),
        CoreqItem(32, tr("Clarity of minor themes"), _minor(account)),
    )


def _tree(account: AnalysisAccount) -> str:
    book = account.codebook
    if not book.codes:
        return blank(tr("the coding tree"))
    top = [code.name for code in book.codes if code.parent is None]
    count = len(book.codes)
    if len(top) == count:
        words = tr_n("{n} code: {names}.", "{n} codes: {names}.", count)
    else:
        words = tr("{n} codes. Those that stand under no other: {names}.")
    return words.format(n=count, names=listed(top))


def _derivation(account: AnalysisAccount) -> str:
    if not account.reported_themes:
        return blank(tr("how themes were derived"))
    return tr("Themes were derived from the data. Each is made of codes: {themes}.").format(
        themes="; ".join(
            _with_codes(theme.name, [account.code_name(code) for code in theme.codes])
            for theme in account.reported_themes
        )
    )


def _with_codes(theme: str, codes: list[str]) -> str:
    names = [name for name in codes if name]
    return tr("{theme} ({codes})").format(theme=theme, codes=", ".join(names)) if names else theme


def _quotations(account: AnalysisAccount) -> str:
    count = len(account.quotations())
    if not count:
        return blank(tr("whether quotations are presented"))
    return tr_n(
        "{n} quotation is presented, with its speaker’s study number.",
        "{n} quotations are presented, each with its speaker’s study number.",
        count,
    ).format(n=count)


def _major(account: AnalysisAccount) -> str:
    names = [theme.name for theme in account.named_themes]
    return f"{listed(names)}." if names else blank(tr("the major themes"))


def _minor(account: AnalysisAccount) -> str:
    names = [theme.name for theme in account.reported_themes if theme.state is not ThemeState.NAMED]
    against = [theme.name for theme in account.reported_themes if theme.against]
    words = [
        *([tr("Considered and not named: {names}.").format(names=listed(names))] if names else []),
        *(
            [tr("What speaks against a theme is reported for {names}.").format(names=listed(against))]
            if against
            else []
        ),
    ]
    return " ".join(words) or blank(tr("minor themes, and cases that do not fit"))
