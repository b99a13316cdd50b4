"""Wording for the models of transcription: what each is for, its languages and its size."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.decimals import decimal_words

_MB, _GB = 1_000_000, 1_000_000_000


def purpose_words(purpose: str) -> str:
    """Return what a listed model is for, from its code on the list."""
    return {
        "tests": tr("only for testing this app"),
        "first-look": tr("a quick first look"),
        "recommended": tr("recommended"),
        "overnight": tr("more accurate and slow: overnight"),
        "other-languages": tr("languages other than English"),
    }[purpose]


def model_languages(languages: Sequence[str]) -> str:
    """Return the languages of a model in short."""
    if tuple(languages) == ("en",):
        return tr("English")
    return tr_n("{n} language", "{n} languages", len(languages)).format(n=len(languages))


def model_size(size: int) -> str:
    """Return the size of a model on the disk."""
    if size >= _GB:
        return tr("{gigabytes} GB").format(gigabytes=decimal_words(size / _GB, 1))
    return tr("{megabytes} MB").format(megabytes=round(size / _MB))


def checked_words(*, is_checked: bool) -> str:
    """Return whether a model is one that was checked."""
    return tr("checked") if is_checked else tr("not checked by us")
