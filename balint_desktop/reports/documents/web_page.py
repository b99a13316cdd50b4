"""A document as HTML: one file that loads nothing, to be read in any browser, and printed."""

from __future__ import annotations

from collections.abc import Iterable

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

_STYLE = (
    "body{font-family:Calibri,Carlito,Arial,sans-serif;line-height:1.45;max-width:46em;margin:2em auto;padding:0 1em;"
    "color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:1em 0}th,td{border:1px solid #8c8c8c;padding:.25em .5em;"
    "text-align:left;vertical-align:top}blockquote{margin:0 0 1em 2em}.note{color:#595959;font-size:.92em}"
    "footer{margin-top:3em;font-size:.85em;color:#595959}"
)


def to_html(document: Document) -> bytes:
    """Return a document as HTML in UTF-8."""
    title = f"<h1>{escaped(document.title)}</h1>" if document.shows_title else ""
    body = "\n".join(map(_block, document.blocks))
    foot = f"<footer>{escaped(document.foot)}</footer>" if document.foot else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(document.language)}">\n<head><meta charset="utf-8">'
        f'<meta name="generator" content="{PRODUCER}"><title>{escaped(document.title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{title}\n{body}\n{foot}</body>\n</html>\n"
    ).encode()


def _block(block: Block) -> str:
    match block:
        case DocumentHeading(text=text, level=level):
            return f"<h{level + 1}>{escaped(text)}</h{level + 1}>"
        case Paragraph(runs=runs, style=ParagraphStyle.QUOTATION):
            return f"<blockquote>{_runs(runs)}</blockquote>"
        case Paragraph(runs=runs, style=ParagraphStyle.NOTE):
            return f'<p class="note">{_runs(runs)}</p>'
        case Paragraph(runs=runs):
            return f"<p>{_runs(runs)}</p>"
        case BulletList(lines=lines):
            return f"<ul>{''.join(f'<li>{_text(line)}</li>' for line in lines)}</ul>"
        case DocumentTable(headings=headings, rows=rows):
            heading = "".join(f"<th>{_text(one)}</th>" for one in headings)
            inside = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
            return f"<table><thead><tr>{heading}</tr></thead>\n<tbody>{inside}</tbody></table>"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(
        f"{'<strong>' if run.bold else ''}{'<em>' if run.italic else ''}{_text(run.text)}"
        f"{'</em>' if run.italic else ''}{'</strong>' if run.bold else ''}"
        for run in runs
    )


def _text(text: str) -> str:
    return "<br>".join(map(escaped, text.split("\n")))
