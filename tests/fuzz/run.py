"""Feeds spoiled files to the readers until the time is over, and prints any exception that is no Trouble.

PYTHONPATH=.:tests nice python tests/fuzz/run.py --seconds 600 --seed 1
PYTHONPATH=.:tests python tests/fuzz/run.py --seed 1 --target chunks --case 17
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from fuzzing import TARGETS, run_case


def main() -> int:
    """Run the cases of every target in turn; return 1 if one failed."""
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
    """Give every target the same time, so that the quick ones get many cases."""
    began = time.monotonic()
    spent, cases, failed, slowest = (dict.fromkeys(targets, 0.0) for _ in range(4))
    while time.monotonic() - began < seconds:
        target = min(targets, key=lambda one: spent[one])
        cases[target] += 1
        before = time.monotonic()
        if not _passes(target, seed, int(cases[target]), shown=failed[target] < 3):
            failed[target] += 1
        took = time.monotonic() - before
        spent[target] += took
        slowest[target] = max(slowest[target], took)
    for target in targets:
        text = f"{cases[target]:7.0f} cases  {failed[target]:4.0f} failed  slowest {slowest[target]:.1f} s"
        print(f"{target:16} {text}")
    print(f"{sum(cases.values()):.0f} cases in {time.monotonic() - began:.0f} s, {sum(failed.values()):.0f} failed")
    return 1 if any(failed.values()) else 0


def _passes(target: str, seed: int, case: int, *, shown: bool) -> bool:
    try:
        run_case(target, seed, case)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  a panic in a library is no Exception, and just what is looked for
        if shown:
            print(f"--seed {seed} --target {target} --case {case}", flush=True)
            traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
