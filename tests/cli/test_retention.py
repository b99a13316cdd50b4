"""Retention from the command line: what is due, a transcript verified, and what a hold prevents."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from kept_sessions import GROUP
from kept_vaults import kept, passphrase_file

from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.retention import Bound, RetainedKind, RetentionPeriod, StartEvent, Unit

__all__ = ["kept"]
NOW = datetime.now(UTC)
THIRTY_DAYS = RetentionPeriod(
    StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, "approval 023473, section 4"
)


@pytest.fixture
def run(kept, tmp_path):
    word = passphrase_file(tmp_path)

    def ran(*arguments):
        result = ["--data-dir", str(kept.data), *arguments, "--passphrase-file", str(word)]
        return subprocess.run(
            [sys.executable, "-m", "balint_desktop", *result], capture_output=True, text=True, check=False
        )

    return ran


def in_vault(kept, act):
    vault = kept.made.open()
    try:
        return act(vault.log)
    finally:
        vault.close()


def test_without_a_period_it_says_so(run):
    done = run("retention", "list")

    assert (done.returncode, done.stderr) == (0, "")
    assert "No retention periods or legal holds" in done.stdout


def test_a_verified_transcript_starts_the_clock_and_overdue_recordings_are_reported(kept, run):
    in_vault(kept, lambda log: log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS))
    done = run("retention", "verified", kept.recording[:8], "--on", "2026-03-05", "--by", "coordinator")
    listed = run("retention", "list", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-04-04" in done.stdout
    (audio,) = [one for one in map(json.loads, listed.stdout.splitlines()) if one["kind"] == "audio"]
    assert audio["id"] == f"audio:{kept.recording}"
    assert (audio["due"], audio["standing"]) == ("2026-04-04", "due")
    assert audio["source"] == "approval 023473, section 4"
    # An overdue recording deserves a script's attention; nothing was touched.
    assert listed.returncode == 1
    assert "Nothing is destroyed automatically" in listed.stderr
    assert (kept.folder / "key.age").exists()


@pytest.mark.parametrize(
    ("day", "by", "said"),
    [
        ("2026-02-31", "coordinator", "“2026-02-31” is not a date"),
        ("31/02/2026", "coordinator", "“31/02/2026” is not a date"),
        ((NOW + timedelta(days=2)).date().isoformat(), "coordinator", "in the future"),
        ("2020-01-01", "coordinator", "before the event"),
        ("2026-03-05", " ", "The name is missing"),
    ],
)
def test_an_impossible_day_is_refused_with_a_sentence(kept, run, day, by, said):
    done = run("retention", "verified", kept.recording, "--on", day, "--by", by)

    assert done.returncode == 1
    assert said in done.stderr
    assert in_vault(kept, lambda log: log.retention.events(GROUP)) == ()


def test_a_recording_under_hold_is_not_redacted_from_the_command_line(kept, run):
    def place(log):
        today = log.retention.today()
        log.holds.place(Hold(HoldId(""), GROUP, today, "a court asks", "legal office", retains_redacted=True), today)

    in_vault(kept, place)
    done = run("recordings", "redact", kept.recording)

    assert done.returncode == 1
    assert "The removed stretch is under a legal hold" in done.stderr
    assert "on legal hold" in run("retention", "list").stdout
