from __future__ import annotations

from faults.run import ELSEWHERE, QUESTIONS
from faults.table import Row, Try, table


def test_the_maximum_of_all_tries_is_shown_and_lost_facts_are_summed():
    row = Row("killed", [Try(1.2, 0, 0.3), Try(1.94, 0, 0.1), Try(0.0, 0)], "said: in the room")

    assert row.cells() == ("killed", "3", "1.94", "0", "0.30", "said: in the room")
    assert row.failures == []


def test_more_than_two_seconds_or_a_single_fact_lost_counts_as_a_failure():
    row = Row("killed", [Try(2.01, 0), Try(2.5, 0), Try(1.0, 3), Try(failed=("not everything opens",))])

    assert row.failures == ["LOST more than 2 s (2 times)", "LOST a committed fact", "FAILED not everything opens"]
    assert row.cells()[2:4] == ("2.50", "3")


def test_an_unmeasured_value_is_empty_and_not_zero():
    assert Row("muted", [Try(said_s=3.1)]).cells() == ("muted", "1", "", "", "3.10", "")


def test_a_fault_that_was_not_run_is_printed_as_such_without_figures():
    shown = table([Row("on another system", not_run="this is not it")])

    assert shown.split("\n")[1].split(maxsplit=5) == ["on", "another", "system", "not", "run", "this is not it"]
    assert [row.cells()[1] for row in ELSEWHERE] == ["not run", "not run"]


def test_every_fault_can_be_run_alone():
    assert {"kills", "microphone", "disk", "power", "byte", "keys", "memory"} <= set(QUESTIONS)
