"""The approved text as OpenDocument: what the Word document has, for LibreOffice and others (OpenDocument 1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from balint_desktop.reports.approved_text.archive import write_archive
from balint_desktop.reports.approved_text.lines import ApprovedLine
from balint_desktop.reports.approved_text.words import EdgeWords

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KIND = "application/vnd.oasis.opendocument.text"
_BASE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{short}="{_BASE}:{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("text", "text"), ("style", "style"), ("meta", "meta")),
        ("fo", "xsl-fo-compatible"),
    )
)
_VERSIONED = f'{_NAMESPACES} office:version="1.2"'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_BASE}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_KIND}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)
_STYLES = (
    '<office:styles><style:default-style style:family="paragraph">'
    '<style:paragraph-properties fo:margin-bottom="0.28cm" fo:line-height="125%"/>'
    '<style:text-properties fo:font-size="11pt"/></style:default-style>'
    '<style:style style:name="Standard" style:family="paragraph" style:class="text"/>'
    '<style:style style:name="Edge" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:paragraph-properties text:number-lines="false"/><style:text-properties fo:font-size="9pt"/></style:style>'
    '<style:style style:name="Foot" style:family="paragraph" style:parent-style-name="Edge">'
    '<style:paragraph-properties fo:text-align="end"/></style:style>'
    '<text:linenumbering-configuration text:number-lines="true" text:offset="0.5cm" style:num-format="1" '
    'text:number-position="left" text:increment="1" text:count-empty-lines="false" text:restart-on-page="false"/>'
    '</office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
    'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.25cm" fo:margin-bottom="1.25cm" '
    'fo:margin-left="3cm" fo:margin-right="2cm"/><style:header-style>'
    '<style:header-footer-properties fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style>'
    '<style:header-footer-properties fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>'
    "</office:automatic-styles>"
)
_BOLD = (
    '<office:automatic-styles><style:style style:name="Speaker" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
)


def odt(lines: Iterable[ApprovedLine], edge: EdgeWords) -> bytes:
    """Return an OpenDocument text whose paragraphs are these lines to the letter."""
    body = "".join(_paragraph(line) for line in lines)
    fields = {
        EdgeWords.PAGE: '<text:page-number text:select-page="current">1</text:page-number>',
        EdgeWords.COUNT: "<text:page-count>1</text:page-count>",
    }
    pages = "".join(fields.get(part, _spaced(part)) for part in edge.page_parts())
    page = (
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">'
        f'<style:header><text:p text:style-name="Edge">{_spaced(edge.title)}</text:p></style:header>'
        f'<style:footer><text:p text:style-name="Foot">{pages}</text:p></style:footer>'
        "</style:master-page></office:master-styles>"
    )
    return write_archive(
        {
            "content.xml": f"{_HEAD}<office:document-content {_VERSIONED}>{_BOLD}<office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "styles.xml": f"{_HEAD}<office:document-styles {_VERSIONED}>{_STYLES}{page}</office:document-styles>",
            # A title alone: no author, no day, no program.
            "meta.xml": f"{_HEAD}<office:document-meta {_VERSIONED} "
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>{escape(edge.title)}</dc:title>'
            "</office:meta></office:document-meta>",
            "META-INF/manifest.xml": _MANIFEST,
        },
        {"mimetype": _KIND},
    )


def _paragraph(line: ApprovedLine) -> str:
    label = ""
    if line.label:
        label = f'<text:span text:style-name="Speaker">{_spaced(line.label, ends=not line.words)}</text:span>'
    return f'<text:p text:style-name="Standard">{label}{_spaced(line.words, line.label[-1:] or " ")}</text:p>'


def _spaced(text: str, before: str = " ", *, ends: bool = True) -> str:
    """Return a text in which each space that would be dropped is an element.

    Those are dropped at the beginning and the end of a paragraph, and after another one. `before` is the sign before
    the text, and `ends` whether a paragraph ends with it.
    """
    pieces = []
    for place, sign in enumerate(text):
        is_dropped = before in " \n" or (ends and place == len(text) - 1)
        if sign == "\n":
            pieces.append("<text:line-break/>")
        else:
            pieces.append("<text:s/>" if sign == " " and is_dropped else escape(sign))
        before = sign
    return "".join(pieces)
