"""What can stand in brackets for a word, in the language in use."""

from __future__ import annotations

from balint_desktop.i18n import tr


def replacement_words(replacement: str) -> str:
    """Return a suggested replacement in the language in use, as it is where that has no word for it."""
    words = {
        "[account]": tr("[account]"),
        "[address]": tr("[address]"),
        "[age]": tr("[age]"),
        "[another person]": tr("[another person]"),
        "[baby]": tr("[baby]"),
        "[bed]": tr("[bed]"),
        "[child]": tr("[child]"),
        "[clinic]": tr("[clinic]"),
        "[date]": tr("[date]"),
        "[day]": tr("[day]"),
        "[e-mail]": tr("[e-mail]"),
        "[hospital]": tr("[hospital]"),
        "[level]": tr("[level]"),
        "[month]": tr("[month]"),
        "[name]": tr("[name]"),
        "[number]": tr("[number]"),
        "[organisation]": tr("[organisation]"),
        "[over ninety]": tr("[over ninety]"),
        "[patient]": tr("[patient]"),
        "[place]": tr("[place]"),
        "[relative]": tr("[relative]"),
        "[rest home]": tr("[rest home]"),
        "[room]": tr("[room]"),
        "[school]": tr("[school]"),
        "[staff]": tr("[staff]"),
        "[staff: doctor]": tr("[staff: doctor]"),
        "[staff: nurse]": tr("[staff: nurse]"),
        "[staff: professor]": tr("[staff: professor]"),
        "[time]": tr("[time]"),
        "[university]": tr("[university]"),
        "[ward]": tr("[ward]"),
        "[web address]": tr("[web address]"),
        "[year]": tr("[year]"),
    }
    return words.get(replacement, replacement)
