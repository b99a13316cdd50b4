"""A document as OpenDocument text (.odt, ISO/IEC 26300), with neutral properties and nothing of this computer in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from balint_desktop.reports.documents.archive import write_archive
from balint_desktop.reports.documents.document import (
    PAGE,
    PAGES,
    Block,
    BulletList,
    Document,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    ParagraphStyle,
    Run,
    escaped,
)

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MIME = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = (
    " ".join(
        f'xmlns:{short}="{_OASIS}{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("table", "table"),
            ("meta", "meta"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
)
_STYLES_BY_KIND = {
    ParagraphStyle.BODY: "Standard",
    ParagraphStyle.QUOTATION: "Quotations",
    ParagraphStyle.NOTE: "Note",
    ParagraphStyle.TURN: "Turn",
}
# Spaces that would be dropped: all but the first of some, and those at an end.
_SPACES = re.compile("^ +| +$|(?<= ) +")
_BOLD, _ITALIC = "Bold", "Italic"


def to_odt(document: Document) -> bytes:
    """Return a document as the bytes of an .odt."""
    manifest = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (
            ("/", _MIME),
            ("content.xml", "text/xml"),
            ("styles.xml", "text/xml"),
            ("meta.xml", "text/xml"),
        )
    )
    return write_archive(
        {
            "content.xml": _content(document),
            "styles.xml": _styles(document),
            "meta.xml": f"{_HEAD}<office:document-meta {_NAMES}><office:meta>"
            f"<dc:title>{escaped(document.title)}</dc:title>"
            "</office:meta></office:document-meta>",
            "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" '
            f'manifest:version="1.2">{manifest}</manifest:manifest>',
        },
        {"mimetype": _MIME},
    )


def _content(document: Document) -> str:
    title = _paragraph("Title", [Run(document.title)]) if document.shows_title else ""
    widths: dict[float, str] = {}
    body = "".join(xml for block in document.blocks for xml in _block(block, widths))
    columns = "".join(
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
        f'style:rel-column-width="{round(width * 65535)}*"/></style:style>'
        for width, name in widths.items()
    )
    cell = (
        '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" '
        'fo:border="0.5pt solid #8c8c8c"/></style:style><style:style style:name="Wide" style:family="table">'
        '<style:table-properties table:align="margins" table:border-model="collapsing" '
        'fo:margin-bottom="0.4cm"/></style:style><style:style style:name="Row" style:family="table-row">'
        '<style:table-row-properties fo:keep-together="always"/></style:style>'
    )
    return (
        f"{_HEAD}<office:document-content {_NAMES}><office:automatic-styles>{columns}{cell}</office:automatic-styles>"
        f"<office:body><office:text>{title}{body}</office:text></office:body></office:document-content>"
    )


def _block(block: Block, widths: dict[float, str]) -> Iterator[str]:
    match block:
        case DocumentHeading(text=text, level=level):
            yield f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{_text(text)}</text:h>'
        case Paragraph(runs=runs, style=style):
            yield _paragraph(_STYLES_BY_KIND[style], runs)
        case BulletList(lines=lines):
            items = "".join(f"<text:list-item>{_paragraph('Standard', [Run(one)])}</text:list-item>" for one in lines)
            yield f'<text:list text:style-name="Bullets">{items}</text:list>'
        case DocumentTable():
            yield _table(block, widths)


def _paragraph(style: str, runs: Iterable[Run]) -> str:
    return f'<text:p text:style-name="{style}">{"".join(map(_run, runs))}</text:p>'


def _run(run: Run) -> str:
    text = _text(run.text)
    for style, is_on in ((_ITALIC, run.italic), (_BOLD, run.bold)):
        if is_on:
            text = f'<text:span text:style-name="{style}">{text}</text:span>'
    return text


def _text(text: str) -> str:
    """Return a text with its spaces, tabs and line breaks as elements: a row of spaces would be read as one."""
    lines = (_SPACES.sub(_as_elements, escaped(line)).replace("\t", "<text:tab/>") for line in text.split("\n"))
    return "<text:line-break/>".join(lines)


def _as_elements(spaces: re.Match[str]) -> str:
    return "<text:s/>" * len(spaces[0])


def _table(table: DocumentTable, widths: dict[float, str]) -> str:
    names = [widths.setdefault(one, f"Column{len(widths) + 1}") for one in table.widths]
    columns = "".join(f'<table:table-column table:style-name="{name}"/>' for name in names)
    heading = f"<table:table-header-rows>{_row(table.headings, is_heading=True)}</table:table-header-rows>"
    rows = "".join(_row(row, is_heading=False) for row in table.rows)
    return f'<table:table table:style-name="Wide">{columns}{heading}{rows}</table:table>'


def _row(cells: Iterable[str], *, is_heading: bool) -> str:
    inside = "".join(
        '<table:table-cell table:style-name="Cell" office:value-type="string">'
        f"{_paragraph('Table_20_Text', [Run(cell, bold=is_heading)])}</table:table-cell>"
        for cell in cells
    )
    return f'<table:table-row table:style-name="Row">{inside}</table:table-row>'


_LINE_NUMBERS = (
    '<text:linenumbering-configuration text:number-lines="true" text:offset="0.5cm" style:num-format="1" '
    'text:number-position="left" text:increment="1" text:count-empty-lines="false" text:restart-on-page="false"/>'
)
_EDGE = (
    '<style:style style:name="Edge" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:paragraph-properties text:number-lines="false"><style:tab-stops>'
    '<style:tab-stop style:position="17cm" style:type="right"/></style:tab-stops></style:paragraph-properties>'
    '<style:text-properties fo:font-size="9pt"/></style:style>'
)


def _styles(document: Document) -> str:
    def style(name: str, paragraph: str = "", text: str = "", *, shown: str = "") -> str:
        return (
            f'<style:style style:name="{name}" style:display-name="{shown or name}" style:family="paragraph" '
            f'style:parent-style-name="Standard" style:class="text"><style:paragraph-properties {paragraph}/>'
            f"<style:text-properties {text}/></style:style>"
        )

    def heading(level: int, size: int) -> str:
        return style(
            f"Heading_20_{level}",
            'fo:margin-top="0.5cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"',
            f'fo:font-weight="bold" fo:font-size="{size}pt"',
            shown=f"Heading {level}",
        )

    tag, _, country = document.language.partition("-")
    language = f'fo:language="{escaped(tag)}" fo:country="{escaped(country or "none")}"'
    fields = {
        PAGE: '<text:page-number text:select-page="current">1</text:page-number>',
        PAGES: "<text:page-count>1</text:page-count>",
    }
    page = "".join(fields.get(part) or _text(part) for part in document.page_parts())
    head = f'<style:header><text:p text:style-name="Edge">{_text(document.head)}</text:p></style:header>'
    return (
        f"{_HEAD}<office:document-styles {_NAMES}><office:styles>"
        '<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties '
        'fo:margin-bottom="0.2cm" fo:line-height="115%"/><style:text-properties fo:font-family="Calibri, Carlito" '
        f'fo:font-size="11pt" {language}/></style:style>'
        + style("Title", 'fo:margin-bottom="0.4cm"', 'fo:font-weight="bold" fo:font-size="18pt"')
        + heading(1, 14)
        + heading(2, 12)
        + heading(3, 11)
        + style("Quotations", 'fo:margin-left="1cm" fo:margin-right="1cm" fo:keep-together="always"')
        + style("Note", "", 'fo:color="#595959" fo:font-size="10pt"')
        + style("Turn", 'fo:line-height="150%"', 'fo:language="zxx" fo:country="none"')
        + style("Table_20_Text", 'fo:margin-bottom="0cm" fo:line-height="100%"', shown="Table Text")
        + _EDGE
        + f'<style:style style:name="{_BOLD}" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        f'</style:style><style:style style:name="{_ITALIC}" style:family="text"><style:text-properties '
        'fo:font-style="italic"/></style:style><text:list-style style:name="Bullets"><text:list-level-style-bullet '
        'text:level="1" text:bullet-char="•"><style:list-level-properties text:list-level-position-and-space-mode='
        '"label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" '
        'fo:margin-left="0.6cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>'
        + (_LINE_NUMBERS if document.numbers_lines else "")
        + "</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" fo:margin="2cm"/><style:header-style><style:header-footer-properties '
        'fo:min-height="0.6cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>'
        "<style:header-footer-properties "
        'fo:min-height="0.6cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="Page">{head if document.head else ""}<style:footer><text:p text:style-name="Edge">'
        f"{_text(document.foot)}<text:tab/>{page}</text:p></style:footer></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
