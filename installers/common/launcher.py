"""Start the program of a package: PyInstaller wants a script, and the children are the same program again."""

import os

from balint_desktop.__main__ import main


def give_back_library_path() -> None:
    """Let the system's programs that this one starts find the system's libraries.

    PyInstaller's starter puts the package's own in front and keeps what was there. The children, which need them, are
    asked to do the same anew.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def keep_own_plugins() -> None:
    """Let Qt load the package's plugins alone: those of the system's own Qt are for other libraries."""
    os.environ.pop("QT_PLUGIN_PATH", None)


keep_own_plugins()
give_back_library_path()
raise SystemExit(main())
