"""Pack the parts of a document: always the same bytes, without a moment or a name of this computer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

# A zip needs a moment for each member: the earliest there is says nothing.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, str], stored: Collection[str] = ()) -> bytes:
    """Return parts as a zip, in their order; those in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, _NO_MOMENT)
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(member, text.encode())
    return out.getvalue()
