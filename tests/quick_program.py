"""The program, sealing with a minimal work factor: the children of windows under test."""

from __future__ import annotations

import sys

import quick_age

from balint_desktop.__main__ import main
from balint_desktop.sealed import passphrase

if __name__ == "__main__":
    # Before anything that seals is imported.
    passphrase.seal_with_passphrase = quick_age.seal
    sys.exit(main(sys.argv[1:]))
