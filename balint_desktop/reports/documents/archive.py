"""A document's archive: the same bytes for the same text, with no date and no name of a person or a computer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The earliest day that an archive can have: when it was written is nobody's business.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


def write_archive(members: Mapping[str, str], first: Mapping[str, str] | None = None) -> bytes:
    """Return an archive of texts; those that come `first` are stored as they are, as OpenDocument's kind must be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for how, texts in ((zipfile.ZIP_STORED, first or {}), (zipfile.ZIP_DEFLATED, members)):
            for name, text in texts.items():
                about = zipfile.ZipInfo(name, _NO_DAY)
                about.create_system = 3  # the same on every system
                about.external_attr = _REGULAR_FILE
                file.writestr(about, text.encode(), how)
    return out.getvalue()
