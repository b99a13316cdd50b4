"""The run of the mirrored tests against one fault."""

from __future__ import annotations

from mutants.mutate import Mutant
from mutants.run import PACKAGE, Drawn, is_caught

MODULE = PACKAGE / "ogg" / "duration.py"
SOURCE = MODULE.read_text(encoding="utf-8")
TESTS = ("tests/ogg/test_duration.py",)


def test_a_fault_is_caught_and_the_module_as_it_is_passes():
    broken = Mutant(1, "the module raises", "raise ArithmeticError\n")
    same = Mutant(1, "nothing", SOURCE)

    assert [is_caught(Drawn(MODULE, one, TESTS)) for one in (broken, same)] == [True, False]


def test_what_no_mirrored_test_reaches_survives():
    assert not is_caught(Drawn(MODULE, Mutant(1, "the module raises", "raise ArithmeticError\n"), ()))
