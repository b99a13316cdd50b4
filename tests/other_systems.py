"""Load a module as Windows or macOS would: with their branches taken, and their own modules faked."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from unittest import mock


class SystemOf:
    """The module `sys`, but for the platform."""

    def __init__(self, platform):
        self.platform = platform

    def __getattr__(self, name):
        return getattr(sys, name)


def load_as(platform: str, module: ModuleType, **fakes: ModuleType) -> ModuleType:
    """Return a fresh copy of a module for a platform; the process's own copy is not touched."""
    with mock.patch.object(sys, "platform", platform), mock.patch.dict(sys.modules, fakes):
        spec = importlib.util.spec_from_file_location(f"{module.__name__}_on_{platform}", module.__file__)
        loaded = importlib.util.module_from_spec(spec)
        # A dataclass looks its module up while it is made.
        sys.modules[spec.name] = loaded
        try:
            spec.loader.exec_module(loaded)
        finally:
            del sys.modules[spec.name]
    loaded.sys = SystemOf(platform)
    return loaded


class RecordedCalls:
    """A library whose functions note their calls and answer as they are told: a value, or a function of the call."""

    def __init__(self, **answers):
        self.calls = []
        self._answers = answers
        self._functions = {}

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._answers:
            # As ctypes says that a library has no such function.
            raise AttributeError(f"function '{name}' not found")
        return self._functions.setdefault(name, _Function(self, name, self._answers[name]))


class _Function:
    """A foreign function: callable, with the attributes by which ctypes is told its types."""

    argtypes = None
    restype = None

    def __init__(self, library, name, answer):
        self._library = library
        self._name = name
        self._answer = answer

    def __call__(self, *arguments):
        self._library.calls.append((self._name, arguments))
        return self._answer(*arguments) if callable(self._answer) else self._answer
