"""Start the program of a package: PyInstaller wants a script, and the children are the same program again."""

from balint_desktop.__main__ import main

raise SystemExit(main())
