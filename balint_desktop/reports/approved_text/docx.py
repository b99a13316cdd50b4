"""The approved text for Word: A4, a paragraph for each line, continuous line numbers, title and pages at the edge.

Written by hand: python-docx would bring lxml, 13 MB more in every package, for one fixed layout of one kind of
paragraph (ECMA-376, parts 1 and 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from balint_desktop.reports.approved_text.archive import write_archive
from balint_desktop.reports.approved_text.lines import ApprovedLine
from balint_desktop.reports.approved_text.words import EdgeWords

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# A4 and its margins, in twentieths of a point; the numbers of the lines stand in the left one.
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1418" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/>'
    '<w:lnNumType w:countBy="1" w:restart="continuous"/></w:sectPr>'
)
_STYLES = (
    f"{_HEAD}<w:styles {_NAMESPACES}>"
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    "</w:styles>"
)
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_KIND}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_CORE = f"{_PACKAGE}/metadata/core-properties"
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/header" Target="header1.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/footer" Target="footer1.xml"/>'
    "</Relationships>"
)


def docx(lines: Iterable[ApprovedLine], edge: EdgeWords) -> bytes:
    """Return a Word document whose paragraphs are these lines to the letter."""
    body = "".join(_paragraph(line) for line in lines)
    small = '<w:rPr><w:sz w:val="18"/></w:rPr>'
    return write_archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}{_SECTION}</w:body></w:document>",
            "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
            "word/styles.xml": _STYLES,
            "word/header1.xml": f"{_HEAD}<w:hdr {_NAMESPACES}><w:p><w:pPr><w:suppressLineNumbers/></w:pPr>"
            f"{_run(edge.title, small)}</w:p></w:hdr>",
            "word/footer1.xml": f"{_HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:suppressLineNumbers/>"
            f'<w:jc w:val="right"/></w:pPr>{_pages(edge, small)}</w:p></w:ftr>',
            # A title alone: no author, no day, no program.
            "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(edge.title)}</dc:title></cp:coreProperties>',
        }
    )


def _paragraph(line: ApprovedLine) -> str:
    label = _run(line.label, "<w:rPr><w:b/></w:rPr>") if line.label else ""
    return f"<w:p>{label}{_run(line.words)}</w:p>"


def _run(text: str, how: str = "") -> str:
    words = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(part) for part in text.split("\n"))
    return f'<w:r>{how}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _pages(edge: EdgeWords, how: str) -> str:
    fields = {
        EdgeWords.PAGE: f'<w:fldSimple w:instr="PAGE"><w:r>{how}<w:t>1</w:t></w:r></w:fldSimple>',
        EdgeWords.COUNT: f'<w:fldSimple w:instr="NUMPAGES"><w:r>{how}<w:t>1</w:t></w:r></w:fldSimple>',
    }
    return "".join(fields.get(part, _run(part, how)) for part in edge.page_parts())
