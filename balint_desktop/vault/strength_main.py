"""The strength child process: a passphrase on standard input, its rating on standard output.

The word lists that it is compared with take fifteen megabytes, which the window would hold through every session.
"""

from __future__ import annotations

import sys

from balint_desktop.vault.passphrase_strength import estimate


def main(_arguments: list[str]) -> int:
    """Rate one passphrase. It passes through a pipe, never a file or an argument."""
    passphrase = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(estimate(passphrase).verdict.value.encode())
    sys.stdout.buffer.flush()
    return 0
