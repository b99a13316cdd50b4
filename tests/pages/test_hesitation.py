"""Hesitation on every page of the window: whatever is tried and taken back, nothing is stored and no input changes."""

from __future__ import annotations

from hesitation import Hesitation
from pages.walk import Walk
from vault_contents import contents, differences

# What is chosen in these counts at once: to choose twice is no hesitation, and the log of a session says both.
CHOSEN_AT_ONCE = ("view-themes",)
# Stored as soon as it is chosen, also where the first choice is chosen again.
STORED_DEFAULTS = {"settings": ([], ["('lock-after-minutes', '10')"])}
# A text that was typed into and put right again was worked on by a person, and the list says so.
WORKED_ON = "transcripts-text"
# A panel is shown beside the prompts, so Clock alone ends with the first one that opens.
ENDS_CLOCK_ALONE = ("room-clock-alone-trouble", "recording-choose")
# Where another passage is looked for, the form for a quotation closes; what was typed in it is a draft.
CLOSES_WITH_ITS_PASSAGE = ("analysis-quotation", "quotation-words")
EXPECTED = {ENDS_CLOCK_ALONE, CLOSES_WITH_ITS_PASSAGE}


def is_worked_on(found):
    """Return whether the one difference is that a person has worked on a text."""
    if list(found) != ["transcripts"]:
        return False
    ([before], [after]) = found["transcripts"]
    return before.removesuffix(", 0, None)") == after.removesuffix(", 1, None)")


def test_hesitation_changes_nothing_on_any_page(qapp, tmp_path, monkeypatch):
    tried, changed = 0, []
    with Walk(qapp, tmp_path, monkeypatch) as walk:
        for name in walk.pages():
            context = walk.context
            before = contents(context.vault.current), context.preferences.load()
            hesitation = Hesitation(walk.shell, leave_alone=CHOSEN_AT_ONCE)
            hesitation.on_page(name)

            after = contents(context.vault.current), context.preferences.load()
            found = differences(before[0], after[0])
            if name == WORKED_ON and is_worked_on(found):
                found = {}
            if found not in ({}, STORED_DEFAULTS):
                changed.append((name, found))
            if after[1] != before[1]:
                changed.append((name, before[1], after[1]))
            changed += [
                one for one in hesitation.problems if one[:2] not in {ENDS_CLOCK_ALONE, CLOSES_WITH_ITS_PASSAGE}
            ]
            tried += hesitation.tried

    assert changed == []
    assert tried > 150
