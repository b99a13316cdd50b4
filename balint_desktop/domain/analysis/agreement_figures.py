"""The figures of agreement that the window and the report show: each code's, with the limits of its alpha."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from balint_desktop.domain.analysis.agreement import (
    CodeAgreement,
    CodedSpan,
    agreement,
    bootstrap_alphas,
    coded_units,
)
from balint_desktop.domain.analysis.file_agreement import ComparedUnit, scale_of, turn_bounds

RESAMPLES = 1_000
# The same figures each time they are asked for.
_SEED = 2018


@dataclass(frozen=True, slots=True)
class AgreementFigures:
    """The figures of each code over `n` units, and between which limits 95 % of its resampled alphas lie, by code."""

    n: int
    codes: tuple[CodeAgreement, ...]
    limits: Mapping[str, tuple[float, float]]


def agreement_figures(
    texts: Mapping[str, str],
    coders: Sequence[str],
    spans: Sequence[CodedSpan],
    unit: ComparedUnit,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
    resamples: int = RESAMPLES,
) -> AgreementFigures:
    """Return the figures of the codes that any of at least two coders gave. Takes seconds; no limits when stopped."""
    scale = scale_of(texts, unit)
    units = coded_units(spans, coders, scale)
    # Turns are resampled whole, whatever is compared: what one person says at a time is not independent.
    turns = [CodedSpan(name, *bounds, "", "") for name, body in texts.items() for bounds in turn_bounds(body)]
    lots = random.Random(_SEED)  # noqa: S311  resampling, no secret

    def draw(count: int) -> list[int]:
        return lots.choices(range(count), k=count)

    limits = bootstrap_alphas(units, [scale.units(turn) for turn in turns], resamples, draw, is_stopped)
    found = tuple(agreement(code, of_code) for code, of_code in units.items())
    return AgreementFigures(scale.n, found, limits or {})
