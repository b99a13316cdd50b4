"""A document as Word (.docx, ECMA-376), with neutral properties and nothing of this computer in it.

The same document gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balint_desktop.i18n import tr
from balint_desktop.reports.approved_text.archive import write_archive
from balint_desktop.reports.documents.document import (
    PRODUCER,
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

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
# A4 in twentieths of a point, with the page's margins; a copy to be coded has room at its right.
_WIDTH, _HEIGHT = 11906, 16838
_MARGIN, _WIDE_MARGIN = 1134, 4253
_STYLES_BY_KIND = {
    ParagraphStyle.BODY: "",
    ParagraphStyle.QUOTATION: "Quote",
    ParagraphStyle.NOTE: "Note",
    ParagraphStyle.TURN: "Turn",
}
# Parts beside the text: kind in its relation, name, content type.
_BESIDE = (
    ("styles", "styles.xml", f"{_TYPE}.styles+xml"),
    ("settings", "settings.xml", f"{_TYPE}.settings+xml"),
    ("numbering", "numbering.xml", f"{_TYPE}.numbering+xml"),
    ("footer", "footer1.xml", f"{_TYPE}.footer+xml"),
    ("header", "header1.xml", f"{_TYPE}.header+xml"),
)


def to_docx(document: Document) -> bytes:
    """Return a document as the bytes of a .docx."""
    return write_archive(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                (f"{_R}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{_R}/extended-properties", "docProps/app.xml"),
            ),
            "docProps/core.xml": _core(document),
            "docProps/app.xml": _HEAD
            + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Application>{PRODUCER}</Application></Properties>",
            "word/document.xml": _document(document),
            "word/_rels/document.xml.rels": _relations(*((f"{_R}/{kind}", name) for kind, name, _ in _BESIDE)),
            "word/styles.xml": _styles(document),
            "word/settings.xml": _settings(document),
            "word/numbering.xml": _NUMBERING,
            "word/footer1.xml": _footer(document.foot),
            "word/header1.xml": _header(document.for_coding.first_page if document.for_coding is not None else ()),
        }
    )


def _content_types() -> str:
    parts = (
        ("/word/document.xml", f"{_TYPE}.document.main+xml"),
        *((f"/word/{name}", kind) for _, name, kind in _BESIDE),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    )
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{name}"/>'
        for number, (kind, name) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def _relation_of(kind: str) -> str:
    return f"rId{1 + [one for one, _, _ in _BESIDE].index(kind)}"


def _core(document: Document) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(document.title)}</dc:title><dc:creator>{PRODUCER}</dc:creator></cp:coreProperties>"
    )


def _document(document: Document) -> str:
    title = [_styled("Title", [Run(document.title)])] if document.shows_title else []
    body = "".join([*title, *(xml for block in document.blocks for xml in _block(block))])
    return f"{_HEAD}<w:document {_NAMES}><w:body>{body}{_section(document)}</w:body></w:document>"


def _section(document: Document) -> str:
    is_copy = document.for_coding is not None
    first = f'<w:headerReference w:type="first" r:id="{_relation_of("header")}"/>' if is_copy else ""
    foot = _relation_of("footer")
    feet = f'<w:footerReference w:type="default" r:id="{foot}"/><w:footerReference w:type="first" r:id="{foot}"/>'
    right = _WIDE_MARGIN if is_copy else _MARGIN
    lines = '<w:lnNumType w:countBy="1" w:distance="283" w:restart="continuous"/>' if is_copy else ""
    return (
        f'<w:sectPr>{first}{feet}<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{right}" w:bottom="{_MARGIN}" w:left="{_MARGIN + 283}" '
        f'w:header="567" w:footer="567" w:gutter="0"/>{lines}<w:titlePg/></w:sectPr>'
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case DocumentHeading(text=text, level=level):
            yield _styled(f"Heading{level}", [Run(text)])
        case Paragraph(runs=runs, style=style):
            yield _styled(_STYLES_BY_KIND[style], runs)
        case BulletList(lines=lines):
            yield from (_styled("ListBullet", [Run(line)]) for line in lines)
        case DocumentTable():
            yield _table(block)
            # Word joins a table with one that follows at once.
            yield "<w:p/>"


def _styled(style: str, runs: Iterable[Run]) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(map(_run, runs))}</w:p>"


def _run(run: Run) -> str:
    look = f"{'<w:b/>' if run.bold else ''}{'<w:i/>' if run.italic else ''}"
    text = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escaped(line)}</w:t>' if line else "" for line in run.text.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text}</w:r>"


def _table(table: DocumentTable) -> str:
    width = _WIDTH - 2 * _MARGIN - 283
    widths = [round(share * width) for share in table.widths]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    heading = _row(table.headings, widths, is_heading=True)
    rows = "".join(_row(row, widths, is_heading=False) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{heading}{rows}</w:tbl>'
    )


def _row(cells: Iterable[str], widths: Iterable[int], *, is_heading: bool) -> str:
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_heading else ''}</w:trPr>"
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_styled('TableText', [Run(cell, bold=is_heading)])}</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{inside}</w:tr>"


def _settings(document: Document) -> str:
    # In a copy to be coded an edit is tracked, so that the text which went out can be told from it; colours are not.
    tracked = "<w:trackRevisions/><w:doNotTrackFormatting/>" if document.for_coding is not None else ""
    return f'{_HEAD}<w:settings {_NAMES}>{tracked}<w:compat><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'


def _footer(foot: str) -> str:
    numbers = tr("Page {n} of {count}").replace("{n}", "\0PAGE\0").replace("{count}", "\0NUMPAGES\0").split("\0")
    fields = "".join(
        f'<w:fldSimple w:instr="{part}"><w:r><w:t>1</w:t></w:r></w:fldSimple>' if at % 2 else _run(Run(part))
        for at, part in enumerate(numbers)
    )
    return (
        f'{_HEAD}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run(Run(foot))}'
        f"<w:r><w:tab/></w:r>{fields}</w:p></w:ftr>"
    )


def _header(lines: Iterable[str]) -> str:
    inside = "".join(_styled("Header", [Run(line)]) for line in (*lines, ""))
    return f"{_HEAD}<w:hdr {_NAMES}>{inside}</w:hdr>"


def _styles(document: Document) -> str:
    def style(name: str, shown: str, paragraph: str = "", run: str = "", base: str = "Normal") -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="{base}"/>'
            f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    def heading(level: int, size: int) -> str:
        return style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:sz w:val="{size}"/>',
        )

    right = _WIDTH - _MARGIN - 283 - (_MARGIN if document.for_coding is None else _WIDE_MARGIN)
    return (
        f"{_HEAD}<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
        f'<w:lang w:val="{escaped(document.language)}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        + style("Title", "Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="36"/>')
        + heading(1, 28)
        + heading(2, 24)
        + heading(3, 22)
        + style("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>')
        + style("Note", "Note", "", '<w:color w:val="595959"/><w:sz w:val="20"/>')
        + style("Turn", "Turn", '<w:spacing w:line="360" w:lineRule="auto"/>', "<w:noProof/>")
        + style(
            "ListBullet",
            "List Bullet",
            '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:ind w:left="357" w:hanging="357"/>',
        )
        + style("TableText", "Table Text", '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>')
        + style("Header", "header", '<w:suppressLineNumbers/><w:spacing w:after="60"/>', '<w:sz w:val="20"/>')
        + style(
            "Footer",
            "footer",
            f'<w:suppressLineNumbers/><w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs>',
            '<w:sz w:val="18"/>',
        )
        + _TABLE_STYLE
        + "</w:styles>"
    )


_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="8C8C8C"'
_TABLE_STYLE = (
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
_NUMBERING = (
    f'{_HEAD}<w:numbering {_NAMES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
