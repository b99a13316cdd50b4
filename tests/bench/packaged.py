"""The packaged program beside the source's: size, time until the first paint, and memory by then.

The package is the .deb in dist/, unpacked into a temporary folder. Linux only.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from first_paint import Painted
from paint_witness import PaintWitness
from processes import environment, peak_mb

from balint_desktop import __version__
from balint_desktop.command import own_command

AIM, AIM_MB = 1.2, 175.0
ROOT = Path(__file__).parents[2]
DEB = ROOT / "dist" / f"balint-desktop_{__version__}_amd64.deb"
NOT_MEASURED = f"Not measured: the packaged program, since there is no dist/{DEB.name}. `make deb` builds it."
_LONGEST_S = 30.0


@dataclass(frozen=True)
class Sizes:
    """Megabytes (10^6 bytes): the package installed, its file, and what the source needs besides Python itself."""

    installed_mb: float
    deb_mb: float
    source_mb: float


@contextmanager
def unpacked(deb: Path) -> Iterator[Path]:
    """Yield a folder with a package's files."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(deb), folder], check=True, capture_output=True)
        yield Path(folder)


def paint_packaged(folder: Path, witness: PaintWitness) -> Painted:
    """Open the window of an unpacked package."""
    return _paint([str(folder / "usr/bin/balint-desktop")], witness)


def paint_source(witness: PaintWitness) -> Painted:
    """Open the window of the checkout, by its own command."""
    return _paint(own_command(), witness)


def _paint(program: list[str], witness: PaintWitness) -> Painted:
    with tempfile.TemporaryDirectory() as folder:
        began_s = time.monotonic()
        with subprocess.Popen(
            [*program, "--data-dir", str(Path(folder) / "data")],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                painted_s = witness.wait_for_paint(_LONGEST_S)
                return Painted((painted_s - began_s) * 1000, peak_mb(process.pid))
            finally:
                process.kill()


def measure_sizes(folder: Path, deb: Path) -> Sizes:
    """Add up what lies in the package, and what the source needs to run."""
    wanted = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    source = [*_files(ROOT / "balint_desktop"), *_files(ROOT / "resources")]
    for name in wanted:
        # Not all of the lock is for this system.
        try:
            files = importlib.metadata.distribution(name).files
        except importlib.metadata.PackageNotFoundError:
            continue
        source += [Path(os.fspath(file.locate())) for file in files or ()]
    return Sizes(_mb(_files(folder)), _mb([deb]), _mb(source))


def _mb(paths: list[Path]) -> float:
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
