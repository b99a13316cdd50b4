"""The floor of branch coverage: counted over a package's files, and a package that was not measured lies below it."""

from __future__ import annotations

from coverage_floor import PACKAGES, below, shares


def of_file(taken, count):
    return {"summary": {"covered_branches": taken, "num_branches": count}}


def test_branches_are_counted_over_all_files_of_a_package():
    files = {"balint_desktop/ogg/page.py": of_file(9, 10), "balint_desktop/ogg/cut.py": of_file(30, 30)}

    assert shares({"files": files}) == {"ogg": 97.5}


def test_what_lies_below_the_floor_or_was_not_measured_is_named():
    found = dict.fromkeys(PACKAGES, 96.0) | {"vault": 94.9}
    del found["sealed"]

    assert below(found) == ["sealed", "vault"]
