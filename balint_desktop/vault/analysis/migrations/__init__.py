"""Migrations of a study's database, one file each. A released migration is never edited: a change is a new one."""

from __future__ import annotations

from balint_desktop.vault.analysis.migrations import m0001_first, m0002_framework_moves

STEPS = tuple(step.SQL for step in (m0001_first, m0002_framework_moves))
