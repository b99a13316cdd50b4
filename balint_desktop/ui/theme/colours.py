"""Colour sets: light, dark, high contrast, dimmed."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Colours:
    """A colour set. Text in `ink` or `quiet_ink` has a contrast of 7:1 or more on `paper`, `card` or `field`."""

    name: str
    paper: str  # the window
    card: str  # cards on it
    field: str  # input fields
    ink: str  # text
    quiet_ink: str  # secondary text
    faint_ink: str  # disabled text; the only text allowed below 7:1
    line: str  # hairlines and card borders, which carry no meaning
    edge: str  # borders of controls, at 3:1
    accent: str  # the current phase, the filled button, the focus
    accent_pressed: str
    on_accent: str  # text on accent
    accent_soft: str  # a checked chip, a selected row
    track_done: str
    track_left: str
    recording: str  # the recording light
    trouble_paper: str  # an error message
    trouble_edge: str


LIGHT = Colours(
    name="light",
    paper="#f6f3ed",
    card="#fffdf9",
    field="#fffdf9",
    ink="#262522",
    quiet_ink="#4d4a43",
    faint_ink="#8b867b",
    line="#d9d2c4",
    edge="#827c70",
    accent="#1f5952",
    accent_pressed="#174640",
    on_accent="#fffdf9",
    accent_soft="#d5e6e2",
    track_done="#859b91",
    track_left="#d9d2c4",
    recording="#a62c1f",
    trouble_paper="#f7e6dc",
    trouble_edge="#a62c1f",
)

DARK = Colours(
    name="dark",
    paper="#1d1f20",
    card="#26292a",
    field="#26292a",
    ink="#f1ece2",
    quiet_ink="#bdbcb4",
    faint_ink="#7d7f7b",
    line="#3d4243",
    edge="#7f8584",
    accent="#8cc5ba",
    accent_pressed="#a9d6cd",
    on_accent="#16191a",
    accent_soft="#2f4f4b",
    track_done="#607c79",
    track_left="#3d4243",
    recording="#ef7b6b",
    trouble_paper="#3a2624",
    trouble_edge="#ef7b6b",
)

CONTRAST = Colours(
    name="high-contrast",
    paper="#000000",
    card="#000000",
    field="#000000",
    ink="#ffffff",
    quiet_ink="#ffffff",
    faint_ink="#a8a8a8",
    line="#ffffff",
    edge="#ffffff",
    accent="#ffe14d",
    accent_pressed="#fff3a8",
    on_accent="#000000",
    accent_soft="#3d3500",
    track_done="#b39d36",
    track_left="#5c5c5c",
    recording="#ff8f80",
    trouble_paper="#000000",
    trouble_edge="#ff8f80",
)

# The room dimmed to nearly black: the least light that is still readable.
DIM = Colours(
    name="dim",
    paper="#050505",
    card="#070707",
    field="#070707",
    ink="#a39e94",
    quiet_ink="#a09b91",
    faint_ink="#55534e",
    line="#191919",
    edge="#5f5f5c",
    accent="#7d9f98",
    accent_pressed="#8fb0a9",
    on_accent="#050505",
    accent_soft="#0a1312",
    track_done="#33423f",
    track_left="#1c1c1c",
    recording="#b0584d",
    trouble_paper="#140a09",
    trouble_edge="#a85348",
)

ALL = (LIGHT, DARK, CONTRAST, DIM)


class Paper:
    """Colours for printing and PDF on white: black, and greys that any printer distinguishes."""

    WHITE = "#ffffff"
    BLACK = "#000000"
    QUIET = "#555555"
    BLANK = "#e4e4e4"
    LINE = "#cccccc"
    FIRST = "#bdbdbd"
    SECOND = "#dadada"
    PLANNED = "#f0f0f0"


def names() -> tuple[str, ...]:
    """Return the names of a set's colours."""
    return tuple(field.name for field in fields(Colours) if field.name != "name")
