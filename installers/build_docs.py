"""Write Help as pages for a browser, from the same files as in the window: docs/index.html and docs/LANGUAGE.html.

make docs

One file a language, without scripts and without anything from a network; the pictures lie beside it. It is built and
not committed: the pages stand once, in resources/help and the catalogues, and a second copy would go stale.
"""

from __future__ import annotations

import shutil
import sys
from html import escape
from pathlib import Path

from balint_desktop import i18n, resources
from balint_desktop.domain.help.page import BlockKind, HelpBlock, HelpPage, runs_of
from balint_desktop.library.help import CHAPTERS, help_page, help_pages, picture

DOCS = Path(__file__).resolve().parents[1] / "docs"
_LISTS = {BlockKind.ITEM: "ul", BlockKind.STEP: "ol", BlockKind.LINK: "ul"}
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.5 Lato, system-ui, sans-serif;
  color: #262522; background: #f6f3ed; }
a { color: #1f5952; } img { max-width: 100%; border: 1px solid #d9d2c4; } h2 { margin-top: 3rem; }
@media (prefers-color-scheme: dark) { body { color: #f1ece2; background: #1d1f20; } a { color: #9ccfc4; } }
@media print { body { background: none; color: black; } h2 { break-after: avoid; } }
"""


def main(folder: Path = DOCS) -> int:
    """Write the pages of every language."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for language in i18n.available():
        i18n.use((language,))
        name = "index" if language == i18n.SOURCE else language
        (folder / f"{name}.html").write_text(_document(language, folder), encoding="utf-8")
    i18n.use((i18n.SOURCE,))
    sys.stdout.write(f"{len(i18n.available())} languages, {len(help_pages())} pages each, in {folder}\n")
    return 0


def _document(language: str, folder: Path) -> str:
    title = f"Balint Desktop: {i18n.tr('Help')}"
    contents = "".join(f'<li><a href="#{page.key}">{escape(page.title)}</a></li>' for page in help_pages())
    body = "".join(_page(help_page(key), folder) for keys in CHAPTERS.values() for key in keys)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1><nav><ul>{contents}</ul></nav>{body}</body></html>\n"
    )


def _page(page: HelpPage, folder: Path) -> str:
    made = [f'<section id="{page.key}"><h2>{escape(page.title)}</h2>']
    open_list = ""
    for block in page.blocks:
        wanted = _LISTS.get(block.kind, "")
        if wanted != open_list:
            made += [f"</{open_list}>" if open_list else "", _opened(wanted, block)]
            open_list = wanted
        made.append(_block(block, folder))
    made.append(f"</{open_list}></section>" if open_list else "</section>")
    return "\n".join(filter(None, made))


def _opened(name: str, block: HelpBlock) -> str:
    """Return the tag that opens a list; steps go on counting after a picture."""
    return f'<ol start="{block.number}">' if name == "ol" else f"<{name}>" if name else ""


def _block(block: HelpBlock, folder: Path) -> str:
    words = "".join(f"<b>{escape(run)}</b>" if is_name else escape(run) for run, is_name in runs_of(block.text))
    match block.kind:
        case BlockKind.HEADING:
            return f"<h3>{words}</h3>"
        case BlockKind.PICTURE:
            return f'<p><img src="{_copied(block.target, folder)}" alt="{escape(block.text)}"></p>'
        case BlockKind.LINK:
            return f'<li><a href="#{block.target}">{words}</a></li>'
        case BlockKind.ITEM | BlockKind.STEP:
            return f"<li>{words}</li>"
        case _:
            return f"<p>{words}</p>"


def _copied(name: str, folder: Path) -> str:
    """Copy a picture, and return where it is for the page."""
    source = picture(name)
    relative = source.relative_to(resources.folder("help"))
    (folder / relative).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / relative)
    return relative.as_posix()


if __name__ == "__main__":
    raise SystemExit(main())
