"""The pages of Help, in the user's language and in their order."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from balint_desktop import resources
from balint_desktop.domain.help.page import HelpPage, parse_page
from balint_desktop.i18n import SOURCE, language
from balint_desktop.i18n.library_texts import translated_help

# To add a page, write resources/help/KEY.md and name it here.
CHAPTERS: dict[str, tuple[str, ...]] = {
    "begin": ("five-minutes", "first-start", "recovery-key"),
    "session": ("today", "get-ready", "room", "online", "debrief"),
    "group": ("groups", "members", "dates", "consent", "withdrawal", "evaluation", "retention", "reports"),
    "records": (
        *("log", "recordings", "readers", "transcripts", "correcting", "doubtful", "deidentifying", "models"),
        *("analysis", "coding", "coding-files", "comparing", "themes", "analysis-report"),
        "word-copies",
        "accreditation",
    ),
    "app": ("settings", "backups", "sealing", "trouble", "keyboard", "limits"),
}

# Whose pictures carry no look in their names.
_FIRST_LOOK = "light"
# The dimmed room has no pictures of its own.
_SHOWN_AS = {"dim": "dark"}


def help_pages() -> tuple[HelpPage, ...]:
    """Return every page, in the order of the chapters."""
    return _pages(language())


def help_page(key: str) -> HelpPage:
    """Return a page; KeyError where there is none of that key."""
    return {page.key: page for page in help_pages()}[key]


@lru_cache(maxsize=2)
def _pages(_language: str) -> tuple[HelpPage, ...]:
    pages = [parse_page(key, resources.text(f"help/{key}.md")) for chapter in CHAPTERS.values() for key in chapter]
    titles = {page.key: page.title for page in pages}
    return tuple(translated_help(page, titles) for page in pages)


def picture(name: str, look: str = _FIRST_LOOK) -> Path:
    """Return the file of a picture: in the user's language and look where there is one, else the English, light one."""
    folder = resources.folder("help") / "pictures"
    languages = ("",) if language() == SOURCE else (language(), "")
    endings = ("",) if look == _FIRST_LOOK else (f"-{_SHOWN_AS.get(look, look)}", "")
    candidates = [folder / tag / f"{name}{ending}.png" for tag in languages for ending in endings]
    return next((path for path in candidates if path.is_file()), folder / f"{name}.png")
