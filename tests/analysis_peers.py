"""Programs that the analysis is compared with, in an environment of their own: installed by `make test`.

A test that needs one asks here. What is missing skips the test, except under CI, where it fails.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv-peers"
SCHEMA = ROOT / "tests" / "vectors" / "refi-qda" / "REFI-QDA-Project-2019-03-18.xsd"
PEERS = ROOT / "tests" / "peers"


def ask(script: str, *arguments: object, given: object = None) -> Any:
    """Return what a script of tests/peers prints as JSON. `given` is JSON on its standard input."""
    done = subprocess.run(
        [program("python"), PEERS / f"{script}.py", *map(str, arguments)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def qualitative_coding(folder: Path, *arguments: object) -> str:
    """Run `qc` of qualitative-coding in a folder, and return what it prints."""
    # A breakpoint was left in its reader.
    environment = os.environ | {"PYTHONBREAKPOINT": "0", "PYTHONPATH": str(PEERS / "stand_ins")}
    done = subprocess.run(
        [program("qc"), *map(str, arguments)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def program(name: str) -> Path:
    """Return a program of the peers' environment. Skip the test without it; fail under CI."""
    path = ENVIRONMENT / "bin" / name
    if path.exists() and (ENVIRONMENT / ".ready").exists():
        return path
    words = "what the analysis is compared with is not installed: run make test, or make .venv-peers/.ready"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)
