"""The report of an analysis as a document: methods, themes with quotations, codebook, COREQ items and audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from balint_desktop.domain.analysis.agreement_figures import RESAMPLES
from balint_desktop.domain.analysis.study import Quotation, StudyTheme, ThemeState
from balint_desktop.i18n import language, tr, tr_in, tr_n
from balint_desktop.reports.analysis.account import AnalysisAccount, UnitFigures
from balint_desktop.reports.analysis.coreq import analysis_items
from balint_desktop.reports.analysis.methods import SayDay, paragraphs
from balint_desktop.reports.analysis.tables import codebook_qdc, codebook_table, quotations_table, trail_table
from balint_desktop.reports.analysis.trail import FINGERPRINT, trail_lines
from balint_desktop.reports.documents.document import (
    Block,
    BulletList,
    Document,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    ParagraphStyle,
    Run,
    words,
)
from balint_desktop.reports.documents.open_document import to_odt
from balint_desktop.reports.documents.web_page import to_html
from balint_desktop.reports.documents.word_file import to_docx
from balint_desktop.reports.figures import has_blank
from balint_desktop.reports.spreadsheet import to_xlsx
from balint_desktop.reports.tables import local_moment, to_csv
from balint_desktop.text.decimals import decimal_words
from balint_desktop.text.themes import theme_name


class AnalysisFile(StrEnum):
    """What of an analysis is made into a file."""

    REPORT = "report"
    CODEBOOK = "codebook"
    QUOTATIONS = "quotations"
    TRAIL = "audit-trail"


_DOCUMENTS: dict[str, Callable[[Document], bytes]] = {".docx": to_docx, ".odt": to_odt, ".html": to_html}
ENDINGS: dict[AnalysisFile, tuple[str, ...]] = {
    AnalysisFile.REPORT: (".docx", ".odt", ".html"),
    AnalysisFile.CODEBOOK: (".docx", ".odt", ".html", ".csv", ".xlsx", ".qdc"),
    AnalysisFile.QUOTATIONS: (".xlsx", ".csv"),
    AnalysisFile.TRAIL: (".docx", ".odt", ".html", ".csv", ".xlsx"),
}
"""The forms of each file, the most usual first."""


def build_file(account: AnalysisAccount, which: AnalysisFile, ending: str, say_day: SayDay) -> bytes:
    """Return a file of an analysis in the form of an ending. Raise ValueError for a form that it has not."""
    if ending not in ENDINGS[which]:
        raise ValueError("no form of this file")
    if ending == ".qdc":
        return codebook_qdc(account)
    if ending in _DOCUMENTS:
        build = {
            AnalysisFile.REPORT: report_document,
            AnalysisFile.CODEBOOK: codebook_document,
            AnalysisFile.TRAIL: trail_document,
        }[which]
        return _DOCUMENTS[ending](build(account, say_day))
    table = {
        AnalysisFile.CODEBOOK: codebook_table,
        AnalysisFile.QUOTATIONS: quotations_table,
        AnalysisFile.TRAIL: trail_table,
    }[which](account)
    return to_csv(table) if ending == ".csv" else to_xlsx((table,))


def report_document(account: AnalysisAccount, say_day: SayDay) -> Document:
    """Return the whole report."""
    return _document(account, say_day, _whole(account, say_day))


def codebook_document(account: AnalysisAccount, say_day: SayDay) -> Document:
    """Return the codebook alone."""
    return _document(account, say_day, _codebook(account))


def trail_document(account: AnalysisAccount, say_day: SayDay) -> Document:
    """Return the audit trail alone."""
    return _document(account, say_day, _trail(account, say_day))


def _document(account: AnalysisAccount, say_day: SayDay, blocks: Iterator[Block]) -> Document:
    return Document(
        account.study.name,
        tuple(blocks),
        language(),
        foot=tr("{study}, {day}").format(study=account.study.name, day=say_day(account.today)),
    )


def _whole(account: AnalysisAccount, say_day: SayDay) -> Iterator[Block]:
    if account.study.question:
        yield DocumentHeading(tr("Research question"))
        yield words(account.study.question)
    yield DocumentHeading(tr("Methods"))
    methods = paragraphs(account, say_day)
    yield from map(words, methods)
    yield from _to_complete(methods)
    yield from _authors(account)
    yield DocumentHeading(tr("Themes"))
    yield from _themes(account)
    yield from _codebook(account)
    yield from _figures(account)
    yield DocumentHeading(tr("COREQ items 22 to 32 (Tong, Sainsbury & Craig 2007)"))
    items = analysis_items(account)
    yield DocumentTable(
        (tr("Item"), tr("Topic"), tr("Answer")),
        tuple((str(item.number), item.asks, item.answer) for item in items),
        (3, 6, 13),
    )
    yield from _to_complete(item.answer for item in items)
    yield from _trail(account, say_day)


def _to_complete(texts: Iterable[str]) -> Iterator[Block]:
    if any(map(has_blank, texts)):
        yield words(tr("Please complete the parts in square brackets."), ParagraphStyle.NOTE)


def _authors(account: AnalysisAccount) -> Iterator[Block]:
    said = [one for one in account.study.authors if one.positionality]
    if said:
        yield DocumentHeading(tr("Where the authors stand"), 2)
        for one in said:
            yield Paragraph((Run(f"{one.label}: ", bold=True), Run(one.positionality)))


def _themes(account: AnalysisAccount) -> Iterator[Block]:
    themes = account.reported_themes
    if not themes:
        yield words(tr("No theme has been developed yet."))
    for theme in themes:
        yield from _theme(account, theme)


def theme_heading(theme: StudyTheme) -> str:
    """Return the heading of a theme."""
    named, unnamed = theme_headings(theme)
    return named if theme.state is ThemeState.NAMED else unnamed


def theme_headings(theme: StudyTheme) -> tuple[str, str]:
    """Return the heading that a theme has once it is named, and the one before."""
    name = theme_name(theme)
    return name, tr("{theme} (not yet named)").format(theme=name)


def report_headings(account: AnalysisAccount, say_day: SayDay) -> dict[str, str | None]:
    """Return the headings of the report with the theme that each begins, by which comments on it come back."""
    found: dict[str, str | None] = {
        block.text: None for block in report_document(account, say_day).blocks if isinstance(block, DocumentHeading)
    }
    return found | {theme_heading(theme): theme.id for theme in account.reported_themes}


def _theme(account: AnalysisAccount, theme: StudyTheme) -> Iterator[Block]:
    yield DocumentHeading(theme_heading(theme), 2)
    if theme.central_idea:
        yield words(theme.central_idea)
    codes = [name for name in map(account.code_name, theme.codes) if name]
    if codes:
        yield Paragraph((Run(tr("Codes: {codes}").format(codes=", ".join(codes)), italic=True),))
    for one in account.quotations(theme):
        yield words(f"{one.shown}\n{place_words(account, one)}", ParagraphStyle.QUOTATION)
    if theme.against:
        yield words(tr("What speaks against it: {words}").format(words=theme.against))


def place_words(account: AnalysisAccount, one: Quotation) -> str:
    """Return whose words a quotation is, by study number, and of which session."""
    session = account.session(one.text)
    parts = (", ".join(account.speakers(one)), session.name if session is not None else "")
    return f"({', '.join(part for part in parts if part)})"


def _codebook(account: AnalysisAccount) -> Iterator[Block]:
    last = max((one.version for one in account.frameworks), default=None)
    yield DocumentHeading(
        tr("Coding framework, version {version}").format(version=last) if last is not None else tr("Codebook")
    )
    book = account.codebook
    names = {code.guid: code.name for code in book.codes}
    if not book.codes:
        yield words(tr("No code has been made yet."))
    for depth, code in book.nested():
        yield DocumentHeading(
            tr("{code} (retired)").format(code=code.name) if code.is_retired else code.name, min(3, depth + 2)
        )
        lines = [
            template.format(words=text)
            for template, text in (
                (tr("Under: {words}"), names.get(code.parent or "", "")),
                (tr("Definition: {words}"), code.definition),
                (tr("Use when: {words}"), code.when),
                (tr("Do not use when: {words}"), code.when_not),
                (tr("Example: {words}"), code.example),
            )
            if text
        ]
        if lines:
            yield BulletList(tuple(lines))


def _figures(account: AnalysisAccount) -> Iterator[Block]:
    figures = account.figures
    if figures is None:
        return
    yield DocumentHeading(tr("Agreement between coders"))
    about = tr_n(
        "Round {round}, {n} coder, over {turns} turns and {characters} characters. Only codes that were marked as the "
        "same are counted.",
        "Round {round}, {n} coders, over {turns} turns and {characters} characters. Only codes that were marked as the "
        "same are counted.",
        figures.coders,
    )
    yield words(about.format(n=figures.coders, round=figures.round, turns=figures.turns, characters=figures.characters))
    if not figures.codes:
        yield words(tr("No code was marked as the same, so there is no agreement to measure."))
        return
    headings = (
        *(tr_in("analysis", "Code"), tr("Jaccard, turns"), tr("Alpha, turns")),
        *(tr("Jaccard, characters"), tr("Alpha, characters")),
    )
    rows = tuple(
        (
            *(one.code, _figure(one.turn.jaccard), _alpha(one.turn)),
            *(_figure(one.character.jaccard), _alpha(one.character)),
        )
        for one in figures.codes
    )
    yield DocumentTable(headings, rows, (5, 4, 4, 4, 4))
    yield words(
        tr(
            "They show where to talk. A dash stands where nothing varies, so that there is no figure. In brackets: "
            "between which limits 95 % of the alphas lie when whole turns are drawn again, {n} times."
        ).format(n=RESAMPLES),
        ParagraphStyle.NOTE,
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else decimal_words(value, 2)


def _alpha(figures: UnitFigures) -> str:
    """Return an alpha with its limits, where there are any."""
    if figures.limits is None:
        return _figure(figures.alpha)
    low, high = figures.limits
    return tr("{alpha} ({low} to {high})").format(alpha=_figure(figures.alpha), low=_figure(low), high=_figure(high))


def _trail(account: AnalysisAccount, say_day: SayDay) -> Iterator[Block]:
    yield DocumentHeading(tr("Audit trail of the analysis"))
    lines = trail_lines(account)
    if not lines:
        yield words(tr("Nothing has happened in this study yet."))
    else:
        rows = []
        for one in lines:
            moment = local_moment(one.wall)
            when = f"{say_day(moment.date())}, {moment:%H:%M}" if moment is not None else ""
            rows.append((when, one.event, one.by, one.words))
        yield DocumentTable((tr("When"), tr("Event"), tr("By"), tr("Words")), tuple(rows), (3, 5, 3, 7))
    if any(one.words.startswith(FINGERPRINT) for one in lines):
        yield words(
            tr(
                "SHA-256 is a fingerprint of what was coded, taken when it was closed: had any of it been changed "
                "afterwards, the fingerprint would be another."
            ),
            ParagraphStyle.NOTE,
        )
    if account.chain_words:
        yield words(
            tr("The audit trail ends with these words: {words}").format(words=" ".join(account.chain_words)),
            ParagraphStyle.NOTE,
        )
