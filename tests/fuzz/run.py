"""Spoils files for the readers until the time is over, and says what came out that is no Trouble.

PYTHONPATH=.:tests nice python tests/fuzz/run.py --seconds 600 --seed 1
PYTHONPATH=.:tests python tests/fuzz/run.py --seed 1 --target chunks --case 17
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter

from fuzzing import TARGETS, run_case


def main() -> int:
    """Run the cases of every target in turn; return 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=sorted(TARGETS))
    parser.add_argument("--case", type=int)
    options = parser.parse_args()
    if options.case is not None:
        run_case(options.target, options.seed, options.case)
        return 0
    return _run([options.target] if options.target else list(TARGETS), options.seconds, options.seed)


def _run(targets: list[str], seconds: float, seed: int) -> int:
    began, cases, failed, slowest = time.monotonic(), Counter(), Counter(), Counter()
    number = 0
    while time.monotonic() - began < seconds:
        number += 1
        for target in targets:
            before = time.monotonic()
            try:
                run_case(target, seed, number)
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                failed[target] += 1
                if failed[target] <= 3:
                    print(f"--seed {seed} --target {target} --case {number}", flush=True)
                    traceback.print_exc()
            cases[target] += 1
            slowest[target] = max(slowest[target], time.monotonic() - before)
    for target in targets:
        print(f"{target:16} {cases[target]:7} cases {failed[target]:5} failed   slowest {slowest[target]:.1f} s")
    print(f"{sum(cases.values())} cases in {time.monotonic() - began:.0f} s, {sum(failed.values())} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
