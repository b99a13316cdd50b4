"""Whatever a parser raises over foreign text becomes our own error; what is no parser's error passes."""

from __future__ import annotations

import json
import tomllib

import pytest

from balint_desktop.domain.foreign import FOREIGN_ERRORS, foreign_errors
from balint_desktop.domain.trouble import Trouble, TroubleCode

OURS = Trouble(TroubleCode.SEALED_DAMAGED)


@pytest.mark.parametrize(
    "parse",
    [
        lambda: json.loads("[" * 100_000),
        lambda: tomllib.loads("a = " + "[" * 5000),
        lambda: float(json.loads("1" + "0" * 400)),
        lambda: int("9" * 5000),
        lambda: json.loads("{}")["missing"],
        lambda: json.loads("7").items(),
        b"\xff".decode,
        "\ud800".encode,
        lambda: int(float("inf")),
    ],
)
def test_what_a_parser_raises_over_foreign_text_becomes_the_error_given(parse):
    with pytest.raises(Trouble) as caught, foreign_errors(OURS):
        parse()

    assert caught.value is OURS
    assert isinstance(caught.value.__cause__, FOREIGN_ERRORS)


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), Trouble(TroubleCode.WRONG_KEY), OSError()])
def test_only_an_error_over_the_text_itself_is_taken_for_one(error):
    expected = OURS if isinstance(error, MemoryError) else error
    with pytest.raises(type(expected)) as caught, foreign_errors(OURS):
        raise error

    assert caught.value is expected


def test_without_an_error_nothing_happens():
    with foreign_errors(OURS):
        found = json.loads("[1]")

    assert found == [1]
