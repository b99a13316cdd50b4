"""Write the licence texts that come with each package of the transcription engine: its own, and those of its parts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LICENCES = ROOT / "resources" / "licences"
_RULE = f"{'=' * 100}\n"
_HEAD = """\
The transcription engine of Balint Desktop is made with the work of others. This file names each of them, its licence,
where its source is, and the whole text of the licence.
"""


def licence() -> str:
    """Return the licence of the engine itself, and what may be done with the parts that are not free software."""
    terms = (ROOT / "installers" / "common" / "engine-licence.txt").read_text(encoding="utf-8")
    return f"{terms}\n{(ROOT / 'LICENSE').read_text(encoding='utf-8')}"


def notices() -> str:
    """Return the notices of what is in the packages of the engine, of all that `make notices` wrote."""
    written = (LICENCES / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")
    inside = names()
    pieces = written.split(_RULE)[1:]
    sections = list(zip(pieces[::2], pieces[1::2], strict=True))
    found = {head.partition("\n")[0].lower() for head, _ in sections}
    if missing := sorted(inside - found):
        raise SystemExit(f"Without a notice: {', '.join(missing)}. Run make notices first.")
    kept = (f"{_RULE}{head}{_RULE}{text}" for head, text in sections if head.partition("\n")[0].lower() in inside)
    return "\n".join([_HEAD, *kept])


def names() -> set[str]:
    """Return the names of what is in the packages of the engine, in small letters: locked packages and components."""
    lock = (ROOT / "requirements-transcribe.lock").read_text(encoding="utf-8")
    listed = tomllib.loads((LICENCES / "components.toml").read_text(encoding="utf-8"))["component"]
    packages = re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)
    return {name.lower() for name in (*packages, *(one["name"] for one in listed if one.get("in_engine")))}


def write_texts(folder: Path) -> None:
    """Write both into the folder of a frozen engine."""
    (folder / "LICENCE.txt").write_text(licence(), encoding="utf-8")
    (folder / "THIRD_PARTY_NOTICES.txt").write_text(notices(), encoding="utf-8")
