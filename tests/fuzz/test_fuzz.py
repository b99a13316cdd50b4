"""A short run of the cases that tests/fuzz/run.py continues for any length of time."""

from __future__ import annotations

import pytest
from fuzzing import TARGETS, run_case

# As many as take about a second each.
CASES = {
    "recovery_key": 300,
    "small_files": 100,
    "key_file": 60,
    "vault_files": 30,
    "ogg_pages": 40,
    "deidentified_files": 300,
}


@pytest.mark.parametrize("target", TARGETS)
def test_only_a_trouble_comes_out_of_a_spoiled_file(target):
    for number in range(1, CASES.get(target, 12) + 1):
        run_case(target, 1, number)
