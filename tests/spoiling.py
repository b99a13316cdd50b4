"""Random corruption of files: bytes flipped, cut, duplicated, swapped, inserted, and JSON of any shape."""

from __future__ import annotations

import copy
from xml.etree import ElementTree as ET

from balint_desktop.sealed.stream import CHUNK

_ODD = (b"", b"\0", b"\xff" * 8, b"OggS", b"\n---", b"-> X25519 ", b"9" * 40, b"NaN", b"[" * 50, b'"', b"1e999")


def spoiled(rng, data, most=4):
    """Return data with some bytes flipped, cut, duplicated, swapped, inserted or overwritten."""
    data = bytearray(data)
    for _ in range(rng.randint(1, most)):
        at, other = (rng.randint(0, len(data)) for _ in range(2))
        begin, end = min(at, other), max(at, other)
        span = slice(begin, min(end, begin + rng.choice((1, 16, 700, CHUNK, CHUNK + 16))))
        match rng.randrange(7):
            case 0 if data:
                data[min(at, len(data) - 1)] ^= 1 << rng.randrange(8)
            case 1:
                del data[at:]
            case 2:
                del data[span]
            case 3:
                data[at:at] = data[span]
            case 4:
                data[at:at] = rng.choice(_ODD)
            case 5:
                data[span] = rng.randbytes(span.stop - span.start)
            case 6:
                junk = rng.choice(_ODD)
                data[at : at + len(junk)] = junk
    return bytes(data)


def shuffled(rng, data, most, renamed, changed):
    """Return XML with some of its elements moved, doubled, taken out, put into one another, or with other attributes.

    `renamed` returns another tag for an element, given the root; `changed` changes an element in its own way.
    """
    root = ET.fromstring(data)  # noqa: S314  our own file
    for _ in range(rng.randint(1, most)):
        above = {child: parent for parent in root.iter() for child in parent}
        if len(above) < 3:
            break
        one, other = rng.sample(list(above), 2)
        match rng.randrange(6):
            case 0:
                above[one].remove(one)
            case 1:
                above[other].insert(rng.randint(0, len(above[other])), copy.deepcopy(one))
            case 2:
                other.append(copy.deepcopy(one))
            case 3:
                one.tag = renamed(root)
            case 4:
                one.attrib |= {name: value for name, value in other.attrib.items() if rng.random() < 0.8}
            case 5:
                changed(one)
    return ET.tostring(root)


def any_json(rng, depth=0):
    kind = rng.randrange(8 if depth < 3 else 6)
    if kind == 6:
        return [any_json(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    if kind == 7:
        fields = ("offset_s", "seconds", "marks", "closed", "sha256", "device", "dropped", "at_s", "text")
        return {name: any_json(rng, depth + 1) for name in rng.sample(fields, rng.randint(0, 9))}
    return rng.choice((None, True, -1, 1e308, float("nan"), 10**400, "struck 9", "x", 3.5))
