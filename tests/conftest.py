"""What all tests share: how hypothesis searches, and that no mistake of ours goes unseen."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["inner_errors", "pytester"]

# No deadline: a busy machine is not a defect. In CI the same examples every time, so that a failure can be repeated.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
