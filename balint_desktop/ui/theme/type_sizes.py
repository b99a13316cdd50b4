"""Text sizes, relative to the application font and the user's scale."""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES = ("Lato", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")

# Below this a laptop beside the chair is hard to read, whatever the system's menus use.
_SMALLEST_BODY_PT = 11.0
# The number is large enough already: it does not grow with the user's scale, so that it never fills the window.
_NUMBER_TIMES_BODY = 11.0


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Point sizes of text, and the factor by which room around it grows with them."""

    body_pt: float
    scale: float = 1.0

    @property
    def small_pt(self) -> float:
        """The size of a remark under something."""
        return round(self.body_pt * 0.87, 2)

    @property
    def large_pt(self) -> float:
        """The size of a sentence to say."""
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
        """Return a distance that grows with the text."""
        return max(1, round(pixels * self.scale))


def sizes_for(application_pt: float, scale: float = 1.0) -> TypeSizes:
    """Return the sizes that follow from the system's font and the user's scale (1.0 is as the system has it)."""
    return TypeSizes(body_pt=round(max(application_pt * 1.1, _SMALLEST_BODY_PT) * scale, 2), scale=scale)
