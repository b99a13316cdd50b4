"""Write the licence notices of everything that is shipped: `make notices`, after the dependencies have changed.

Python packages are those pinned in requirements.lock, with the licence files in their own metadata; the rest is listed
in resources/licences/components.toml.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "licences"
NOTICES = FOLDER / "THIRD_PARTY_NOTICES.txt"
_HEAD = """\
Balint Desktop is made with the work of others. This file names each of them, its licence, where its source is, and
the whole text of the licence. It is made by `make notices`.
"""
_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
RULE = "=" * 100


def pinned(lock: str) -> list[str]:
    """Return the names of the packages in a lock file, each once."""
    return list(dict.fromkeys(_PINNED.findall(lock)))


def notices() -> str:
    """Return the whole file. Raise SystemExit if a pinned package is not installed."""
    packages = [_package(name) for name in pinned((ROOT / "requirements.lock").read_text(encoding="utf-8"))]
    return "\n".join([_HEAD, *_components(), *packages])


def _components() -> Iterator[str]:
    for one in tomllib.loads((FOLDER / "components.toml").read_text(encoding="utf-8"))["component"]:
        texts = [(FOLDER / "texts" / f"{text}.txt").read_text(encoding="utf-8") for text in one["texts"]]
        about = f"Part of: {one['part_of']}\nSource: {one['source']}\n\n{one['copyright'].strip()}"
        yield _section(one["name"], one["licence"], about, texts)


def _package(name: str) -> str:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        sys.exit(f"{name} is pinned in requirements.lock and not installed: run make run first.")
    source = found.metadata.get("Home-page") or next(iter(found.metadata.get_all("Project-URL") or ()), "")
    texts = list(dict.fromkeys(_texts(found)))
    if not texts and name.lower() in {"pyside6-essentials", "shiboken6"}:
        texts = ["The text of the LGPL is under “Qt 6” above.\n"]
    return _section(name, _licence(found), f"Source: {source.rpartition(', ')[2]}", texts)


def _licence(found: Distribution) -> str:
    stated = found.metadata.get("License-Expression") or (found.metadata.get("License") or "").partition("\n")[0]
    classified = [one.rpartition(" :: ")[2] for one in found.metadata.get_all("Classifier") or () if "License" in one]
    return stated or ", ".join(classified) or "see below"


def _texts(found: Distribution) -> Iterator[str]:
    for file in found.files or ():
        if ".dist-info" in str(file.parent) and _LICENCE_FILE.search(file.name):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


def _section(title: str, licence: str, about: str, texts: list[str]) -> str:
    return "\n".join([RULE, title, f"Licence: {licence}", RULE, about, "", *(text.rstrip() + "\n" for text in texts)])


if __name__ == "__main__":
    NOTICES.write_text(notices(), encoding="utf-8")
    print(f"Written: {NOTICES.relative_to(ROOT)}")
