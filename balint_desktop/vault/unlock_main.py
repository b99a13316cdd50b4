"""The passphrase child process: one request on standard input, one answer on standard output."""

from __future__ import annotations

import sys

from balint_desktop.domain.clock import SystemClock
from balint_desktop.vault.secret_work import SecretRequest, handle_request


def main(_arguments: list[str]) -> int:
    """Handle one request. The passphrase and the secret pass through pipes, never a file or an argument."""
    line = sys.stdin.buffer.readline()
    if not line:
        return 1
    sys.stdout.buffer.write(handle_request(SecretRequest.from_json(line), SystemClock()))
    sys.stdout.buffer.flush()
    return 0
