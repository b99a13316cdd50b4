"""A document as Word (.docx, ECMA-376), with neutral properties and nothing of this computer in it.

Written by hand: python-docx would bring lxml, 13 MB more in every package, for a few kinds of paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

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

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
# A4 in twentieths of a point, with the page's margins; a copy to be coded has room at its right.
_WIDTH, _HEIGHT = 11906, 16838
_MARGIN, _WIDE_MARGIN = 1134, 4253
_LEFT_MARGIN = 1417
_STYLES_BY_KIND = {
    ParagraphStyle.BODY: "",
    ParagraphStyle.QUOTATION: "Quote",
    ParagraphStyle.NOTE: "Note",
    ParagraphStyle.TURN: "Turn",
}


def to_docx(document: Document) -> bytes:
    """Return a document as the bytes of a .docx."""
    # Each part beside the text: the kind of its relation, its name, its XML.
    beside = [
        ("styles", "styles.xml", _styles(document)),
        ("settings", "settings.xml", _settings(document)),
        ("numbering", "numbering.xml", _NUMBERING),
        ("footer", "footer1.xml", _footer(document)),
    ]
    if document.head:
        beside.append(("header", "header1.xml", _header((document.head,))))
    if document.for_coding is not None:
        beside.append(("header", "header2.xml", _header((*document.for_coding.first_page, ""))))
    ids = {name: f"rId{number}" for number, (_, name, _) in enumerate(beside, start=1)}
    return write_archive(
        {
            "[Content_Types].xml": _content_types([(name, kind) for kind, name, _ in beside]),
            "_rels/.rels": _relations(
                (f"{_R}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            # A title alone: no author, no day, no program.
            "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(document.title)}</dc:title>'
            "</cp:coreProperties>",
            "word/document.xml": _document(document, ids),
            "word/_rels/document.xml.rels": _relations(*((f"{_R}/{kind}", name) for kind, name, _ in beside)),
            **{f"word/{name}": xml for _, name, xml in beside},
        }
    )


def _content_types(beside: Iterable[tuple[str, str]]) -> str:
    parts = (
        ("/word/document.xml", f"{_TYPE}.document.main+xml"),
        *((f"/word/{name}", f"{_TYPE}.{kind}+xml") for name, kind in beside),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
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


def _document(document: Document, ids: Mapping[str, str]) -> str:
    title = [_styled("Title", [Run(document.title)])] if document.shows_title else []
    body = "".join([*title, *(xml for block in document.blocks for xml in _block(block))])
    return f"{_HEAD}<w:document {_NAMES}><w:body>{body}{_section(document, ids)}</w:body></w:document>"


def _section(document: Document, ids: Mapping[str, str]) -> str:
    edges = [
        ("headerReference", "default", "header1.xml"),
        ("headerReference", "first", "header2.xml"),
        ("footerReference", "default", "footer1.xml"),
        *([("footerReference", "first", "footer1.xml")] if document.for_coding is not None else []),
    ]
    references = "".join(f'<w:{tag} w:type="{which}" r:id="{ids[name]}"/>' for tag, which, name in edges if name in ids)
    lines = '<w:lnNumType w:countBy="1" w:restart="continuous"/>' if document.numbers_lines else ""
    first = "<w:titlePg/>" if document.for_coding is not None else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_right_margin(document)}" w:bottom="{_MARGIN}" w:left="{_LEFT_MARGIN}" '
        f'w:header="567" w:footer="567" w:gutter="0"/>{lines}{first}</w:sectPr>'
    )


def _right_margin(document: Document) -> int:
    return _MARGIN if document.for_coding is None else _WIDE_MARGIN


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
    width = _WIDTH - _LEFT_MARGIN - _MARGIN
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


def _footer(document: Document) -> str:
    fields = {PAGE: _field("PAGE"), PAGES: _field("NUMPAGES")}
    page = "".join(fields.get(part) or _run(Run(part)) for part in document.page_parts())
    return (
        f'{_HEAD}<w:ftr {_NAMES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run(Run(document.foot))}'
        f"<w:r><w:tab/></w:r>{page}</w:p></w:ftr>"
    )


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _header(lines: Iterable[str]) -> str:
    return f"{_HEAD}<w:hdr {_NAMES}>{''.join(_styled('Header', [Run(line)]) for line in lines)}</w:hdr>"


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

    right = _WIDTH - _LEFT_MARGIN - _right_margin(document)
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
        + style("Quote", "Quote", '<w:keepLines/><w:ind w:left="567" w:right="567"/>')
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
