"""Find the resource files shipped with the app: in a checkout, a wheel or a frozen build."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [_PACKAGE / "_resources", _PACKAGE.parent / "resources"]
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    for candidate in candidates:
        if (candidate / "formats").is_dir():
            return candidate
    raise FileNotFoundError(f"The app's resources are missing; looked in {candidates}. Install it again.")


def folder(name: str) -> Path:
    """Return the resource folder of that name, such as "formats"."""
    return _root() / name


def unpacked(relative: str) -> bytes:
    """Return what is in one compressed resource file, such as "words/english.gz"."""
    return gzip.decompress((_root() / relative).read_bytes())


def text(relative: str) -> str:
    """Return the text of one resource file, such as "prompts/bank.toml"."""
    return (_root() / relative).read_text(encoding="utf-8")
