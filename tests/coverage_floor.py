"""Print the branch coverage of each core package, and fail below the floor: the last stage of `make test`.

Measured by the tests that neither hear nor open a window (`pytest --cov`, floor_tracing.py); what only a recorder's own
process runs is not seen there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

# Per cent of branches. The aim is 95; a package below it must not fall below what it has reached.
FLOORS = {"domain": 95.0, "ogg": 95.0, "sealed": 95.0, "session": 95.0, "recordings": 95.0, "vault": 95.0}


def shares(report: dict) -> dict[str, float]:
    """Return the percentage of branches taken in each package of a coverage report in JSON."""
    taken: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for path, of_file in report["files"].items():
        package = Path(path).parts[1]
        taken[package] += of_file["summary"]["covered_branches"]
        all_of[package] += of_file["summary"]["num_branches"]
    return {package: 100 * taken[package] / all_of[package] for package in FLOORS if all_of[package]}


def below(found: dict[str, float]) -> list[str]:
    """Return the packages below the floor; one that was not measured counts as below."""
    return [package for package, floor in FLOORS.items() if found.get(package, 0.0) < floor]


def main() -> int:
    """Print the table; return 1 if a package is below the floor."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(file)], check=True)
        found = shares(json.loads(file.read_text(encoding="utf-8")))
    for package, share in found.items():
        print(f"{package:12} {share:5.1f} % of the branches, floor {FLOORS[package]:.0f}")
    return 1 if below(found) else 0


if __name__ == "__main__":
    sys.exit(main())
