"""Migrations of a study's database, one file each. A released migration is never edited: a change is a new one."""

from __future__ import annotations

from balint_desktop.vault.analysis.migrations import (
    m0001_first,
    m0002_theme_steps,
    m0003_copy_meanings,
    m0004_stated,
    m0005_framework_moves,
    m0006_code_letters,
)

STEPS = tuple(
    step.SQL
    for step in (
        m0001_first,
        m0002_theme_steps,
        m0003_copy_meanings,
        m0004_stated,
        m0005_framework_moves,
        m0006_code_letters,
    )
)
