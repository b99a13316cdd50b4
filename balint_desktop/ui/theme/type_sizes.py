"""Text sizes, relative to the application font and the user's scale."""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES = ("Lato", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans")
"""Debian brings Lato, Windows Segoe UI, and macOS Helvetica Neue: its San Francisco has no name to ask for."""

# Smaller text is hard to read on a laptop beside the chair, whatever the system's font.
_SMALLEST_BODY_PT = 11.0
# The number does not grow with the user's scale, so that it never fills the window.
_NUMBER_TIMES_BODY = 11.0


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Point sizes of text, and the scale of the spacing around it."""

    body_pt: float
    scale: float = 1.0

    @property
    def small_pt(self) -> float:
        """The size of a remark."""
        return round(self.body_pt * 0.87, 2)

    @property
    def large_pt(self) -> float:
        """The size of words to say."""
        return round(self.body_pt * 1.38, 2)

    @property
    def medium_pt(self) -> float:
        """The size between body and large."""
        return round(self.body_pt * 1.14, 2)

    @property
    def heading_pt(self) -> float:
        """The size of a heading."""
        return round(self.body_pt * 1.6, 2)

    @property
    def number_pt(self) -> float:
        """The size of the one number: digits about 28 mm high on a 14-inch screen."""
        return round(self.body_pt / self.scale * _NUMBER_TIMES_BODY, 2)

    def px(self, pixels: float) -> int:
        """Return a distance scaled with the text."""
        return max(1, round(pixels * self.scale))


def sizes_for(application_pt: float, scale: float = 1.0) -> TypeSizes:
    """Return the sizes for the system's font and the user's scale (1.0 is the system's size)."""
    return TypeSizes(body_pt=round(max(application_pt * 1.1, _SMALLEST_BODY_PT) * scale, 2), scale=scale)
