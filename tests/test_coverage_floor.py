"""The floor of branch coverage: counted over a package's files; an unmeasured package is below it."""

from __future__ import annotations

from coverage_floor import FLOORS, below, shares


def of_file(taken, count):
    return {"summary": {"covered_branches": taken, "num_branches": count}}


def test_branches_are_counted_over_all_files_of_a_package():
    files = {"balint_desktop/ogg/page.py": of_file(9, 10), "balint_desktop/ogg/cut.py": of_file(30, 30)}

    assert shares({"files": files}) == {"ogg": 97.5}


def test_packages_below_the_floor_or_not_measured_are_named():
    found = {package: floor + 1 for package, floor in FLOORS.items()} | {"vault": FLOORS["vault"] - 0.1}
    del found["sealed"]

    assert below(found) == ["sealed", "vault"]
