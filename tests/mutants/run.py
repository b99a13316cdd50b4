"""Put small faults into the core, one at a time, and see whether its mirrored tests catch them: `make mutants`.

Drawn by a seed over the packages below. Each mutant lives in a copy of the package. The tests of its own layer alone
(tests/<layer>), those that reach its line, are run against it. Prints each survivor, and the share that was caught.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData
from mutants.mutate import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "balint_desktop"
LAYERS = ("domain", "session", "sealed", "ogg", "recordings")
AIM = 85
# A mutant may loop forever: a test run that takes this much longer than any real one counts as caught.
_LIMIT_S = 300
# A mutant may write for ever, too; no test writes a file as long as this.
_LONGEST_FILE = 1 << 30
_BASE = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not audio and not journey"]


@dataclass(frozen=True)
class Drawn:
    """A mutant of one module, and the tests of its layer that reach its line."""

    module: Path
    mutant: Mutant
    tests: tuple[str, ...]

    @property
    def place(self) -> str:
        """Return its location, in a form editors can open."""
        return f"{self.module.relative_to(ROOT)}:{self.mutant.line}"


def main(arguments: Sequence[str]) -> int:
    """Draw, run, print; return 1 if fewer were caught than aimed at."""
    options = _options(arguments)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST_FILE, _LONGEST_FILE))
    reached = _reached_lines(options.layers)
    drawn = draw(options.count, options.seed, options.layers, reached)
    survivors: list[Drawn] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for number, (one, caught) in enumerate(zip(drawn, pool.map(is_caught, drawn), strict=True), 1):
            print(
                f"{number:4}/{len(drawn)} {'caught' if caught else 'SURVIVED':8} {one.place}  {one.mutant.change}",
                flush=True,
            )
            if not caught:
                survivors.append(one)
    return _tell(drawn, survivors)


def draw(count: int, seed: int, layers: Iterable[str], reached: CoverageData) -> list[Drawn]:
    """Return that many mutants, drawn with the seed evenly over all lines of the layers."""
    everything = []
    for layer in layers:
        for module in sorted((PACKAGE / layer).rglob("*.py")):
            tests = _tests_by_line(module, reached)
            everything += [
                Drawn(module, mutant, tests.get(mutant.line, ()))
                for mutant in mutants(module.read_text(encoding="utf-8"))
            ]
    return random.Random(seed).sample(everything, min(count, len(everything)))


def _tests_by_line(module: Path, reached: CoverageData) -> dict[int, tuple[str, ...]]:
    """Return which tests reach each line; a line run at import is reached by every test that uses the module."""
    contexts = reached.contexts_by_lineno(str(module))
    by_line = {line: {context.split("|")[0] for context in those if context} for line, those in contexts.items()}
    everyone = set().union(*by_line.values())
    return {line: tuple(sorted(tests or everyone)) for line, tests in by_line.items()}


def _reached_lines(layers: Iterable[str]) -> CoverageData:
    """Run the mirrored tests once, and return which test reaches which line."""
    file = Path(tempfile.mkdtemp(prefix="mutants-")) / "coverage"
    for layer in layers:
        command = [*_pytest(), f"--cov=balint_desktop/{layer}", "--cov-append", "--cov-context=test", "--cov-report="]
        subprocess.run(
            [*command, *_BASE[1:], f"tests/{layer}"],
            cwd=ROOT,
            env={**os.environ, "COVERAGE_FILE": str(file)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    data = CoverageData(str(file))
    data.read()
    return data


def is_caught(drawn: Drawn) -> bool:
    """Run the tests that reach a mutant's line against it, and return whether one of them fails."""
    if not drawn.tests:
        return False
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        copy = Path(folder) / "balint_desktop"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        (Path(folder) / "resources").symlink_to(ROOT / "resources")
        (copy / drawn.module.relative_to(PACKAGE)).write_text(drawn.mutant.source, encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": folder,
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_DATABASE": "none",
        }
        try:
            done = subprocess.run(
                [*_pytest(), *_BASE, *drawn.tests],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                timeout=_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return True
    return done.returncode != 0


def _pytest() -> list[str]:
    # -P: the folder it is started in holds the package without the fault, and would come before PYTHONPATH.
    return [sys.executable, "-P", "-m", "pytest"]


def _tell(drawn: Sequence[Drawn], survivors: Sequence[Drawn]) -> int:
    caught = len(drawn) - len(survivors)
    share = 100 * caught / len(drawn)
    for layer in LAYERS:
        of_layer = [one for one in drawn if one.module.is_relative_to(PACKAGE / layer)]
        lived = sum(one in survivors for one in of_layer)
        print(f"{layer:12} {len(of_layer) - lived:4} of {len(of_layer)}")
    for one in survivors:
        reason = "" if one.tests else "  (no mirrored test reaches it)"
        print(f"survived: {one.place}  {one.mutant.change}{reason}")
    print(f"{caught} of {len(drawn)} mutants caught: {share:.1f} %, aim {AIM} %")
    return 0 if share >= AIM else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", nargs="+", default=LAYERS, choices=LAYERS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
