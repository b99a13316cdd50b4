"""The log's tables, a step a file. A step that was released is never edited: a change is a new step."""

from __future__ import annotations

from balint_desktop.vault.log_steps import (
    step_01_first,
    step_02_readers_and_destroyings,
    step_03_carried,
    step_04_cuts,
    step_05_dates,
    step_06_members,
    step_07_consents,
    step_08_log,
    step_09_evaluation,
    step_10_path,
    step_11_keeping,
)

STEPS = tuple(
    step.SQL
    for step in (
        step_01_first,
        step_02_readers_and_destroyings,
        step_03_carried,
        step_04_cuts,
        step_05_dates,
        step_06_members,
        step_07_consents,
        step_08_log,
        step_09_evaluation,
        step_10_path,
        step_11_keeping,
    )
)
