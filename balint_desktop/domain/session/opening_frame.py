"""What the opening words have to tell this group, so that they promise no more than is true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpeningFrame:
    """What is true of a session when it is opened. The defaults say nothing that could be untrue.

    `purpose` is what it is recorded for, `heard_by` who will hear or read it, `form` in which form ("as a transcript
    without names"), `until` until when it is kept; empty where not known. `leader_assesses` is whether whoever leads
    also assesses the members, None where not known; `leader_opens` whether they can open the recording before the
    grades are final. `call_recorded` is whether what the computer plays is recorded as well: everyone on the call.
    """

    recorded: bool = False
    call_recorded: bool = False
    for_research: bool = False
    purpose: str = ""
    heard_by: str = ""
    form: str = ""
    until: str = ""
    leader_assesses: bool | None = None
    leader_opens: bool = True
