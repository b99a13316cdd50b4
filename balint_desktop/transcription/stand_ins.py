"""Stand-ins for four packages that faster-whisper imports and that this program never lets it use.

PyAV decodes files, huggingface_hub downloads, onnxruntime finds speech, tqdm draws a bar: 200 MB and a network client.
The engine gets sound, a model's folder and pieces instead. Using any of them raises.
"""

from __future__ import annotations

import sys
from types import ModuleType

PACKAGES = ("av", "huggingface_hub", "onnxruntime", "tqdm", "tqdm.auto")


class _NoBar:
    """What faster-whisper asks of a progress bar, without one."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        pass

    def update(self, _number: int = 1) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def install() -> None:
    """Stand in for these packages in this process, also where they are installed."""
    for name in PACKAGES:
        module = ModuleType(name)
        sys.modules[name] = module
        if name.startswith("tqdm"):
            vars(module)["tqdm"] = _NoBar
    vars(sys.modules["tqdm"])["auto"] = sys.modules["tqdm.auto"]
