"""Write resources/translations/balint_desktop.pot anew and bring each language's .po up to it.

    make messages                       what is there
    make messages NEW=fr                begins a language
    make messages SHOW=de               what German still lacks

Texts that were changed keep their translation as a guess, marked fuzzy: it is not shown until somebody has looked at it
and taken the mark off. Texts that are away keep theirs at the end of the file, should they come back.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from languages.extract import catalog, everything

from balint_desktop import __version__

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"
POT = FOLDER / "balint_desktop.pot"
_WIDE = 110
_HEAD = """\
# Balint Desktop in another language. Not yet reviewed by a native facilitator.
# Distributed under the licence of Balint Desktop."""
# A file that changes with each run would hide what was changed.
_NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    options = _parser().parse_args()
    template = catalog(everything())
    POT.write_bytes(_written(template))
    if options.new:
        path = FOLDER / f"{options.new}.po"
        if path.exists():
            print(f"{path} is there already.", file=sys.stderr)
            return 1
        path.write_bytes(_written(Catalog(locale=options.new, header_comment=_HEAD, fuzzy=False)))
    for path in sorted(FOLDER.glob("*.po")):
        language = read(path)
        bring_up_to_date(language, template)
        path.write_bytes(_written(language))
        print(_state(path.stem, language))
        if options.show == path.stem:
            print("\n".join(f"  {place(one)}: {one.id}" for one in untranslated(language)))
    print(f"{len(template)} texts in {POT.name}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Collect the texts of the app for translators.")
    parser.add_argument("--new", default="", help="begin a language, by its tag, such as fr or pt_BR")
    parser.add_argument("--show", default="", help="print what a language lacks")
    return parser


def bring_up_to_date(language: Catalog, template: Catalog) -> None:
    """Give a language the texts of a template: translations stay, and those of texts that were away come back."""
    for key, message in list(language.obsolete.items()):
        if template.get(message.id, message.context) is not None:
            language[message.id] = language.obsolete.pop(key)
    language.update(template, update_header_comment=False)


def read(path: Path) -> Catalog:
    """Return the catalogue in a .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem if path.suffix == ".po" else None, charset="utf-8")


def untranslated(of: Catalog) -> list[Message]:
    """Return the texts a catalogue lacks, guesses included."""
    return [one for one in of if one.id and (one.fuzzy or not _is_full(one))]


def place(message: Message) -> str:
    """Return where a text stands first."""
    return message.locations[0][0] if message.locations else ""


def _is_full(message: Message) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(texts)


def _state(tag: str, of: Catalog) -> str:
    guesses = sum(1 for one in of if one.id and one.fuzzy)
    lacking = len(untranslated(of))
    return f"{tag}: {len(of) - lacking} of {len(of)} translated, {lacking} not, {guesses} of those guessed"


def _written(of: Catalog) -> bytes:
    of.creation_date = of.revision_date = _NO_DAY
    of.project, of.version = "Balint Desktop", __version__
    of.msgid_bugs_address = of.last_translator = of.language_team = ""
    out = io.BytesIO()
    write_po(out, of, width=_WIDE, sort_by_file=True, include_lineno=False)
    return out.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
