"""Reading texts, suggestions and approved texts for tests: made by hand, and any that can be."""

from __future__ import annotations

from hypothesis import strategies as st
from transcript_values import spoken

from balint_desktop.domain.deidentify.approved import BETWEEN_LINES, LABEL_END, ApprovedText, ApprovedTurn, Redaction
from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind
from balint_desktop.domain.deidentify.reading import reading_text
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Transcript, Turn

P1, P2 = Speaker("P1"), Speaker("P2")


def transcript_of(*said):
    """Return a transcript of (speaker, text), each turn a minute after the one before."""
    turns = []
    for number, (speaker, text) in enumerate(said, start=1):
        begin = 60_000 * number
        words = spoken(text, begin)
        turns.append(Turn(number, speaker, begin, words[-1].until_ms, words))
    return Transcript(tuple(turns))


def read(*said, unavailable=()):
    """Return what is read of a transcript; brackets say what they are."""
    return reading_text(transcript_of(*said), unavailable, lambda bracket: f"[{bracket.kind}]")


def suggested(reading, text, layer=Layer.CAPITAL, replacement="[place]", key=None):
    """Return a suggestion for each time a text stands in what is read."""
    found, at = [], reading.text.find(text)
    while at >= 0:
        found.append(Suggestion(at, at + len(text), layer, text, key or text.casefold(), replacement))
        at = reading.text.find(text, at + 1)
    return found


def decided(term, verdict=DecisionKind.REPLACE, *, replacement="[place]", at=None, layer=Layer.CAPITAL, key=None):
    return Decision(
        term,
        key or term.casefold(),
        verdict,
        "" if verdict is DecisionKind.LEAVE else replacement,
        layer,
        "AB",
        1.0,
        at,
    )


def approved(*said, gap="[not available]"):
    """Return an approved text of (label, words); without a label brackets stand on their own."""
    pieces, turns, at = [], [], 0
    for number, (speaker, words) in enumerate(said):
        if pieces:
            at += len(BETWEEN_LINES)
        line = f"{speaker}{LABEL_END}{words}" if speaker else words
        role = UNKNOWN if speaker == "Unknown" else None
        turns.append(ApprovedTurn(at, at + len(line), speaker, 1000 * number, 1000 * number + 500, role))
        pieces.append(line)
        at += len(line)
    return ApprovedText(1, BETWEEN_LINES.join(pieces), tuple(turns), gap=gap)


WORDS = st.text("abcdé ñ\U0001f469ā-", min_size=1, max_size=12).filter(str.strip)


@st.composite
def approved_texts(draw, speakers=("R1", "R2", "Unknown", "")):
    """Draw an approved text."""
    said = draw(st.lists(st.tuples(st.sampled_from(speakers), WORDS), min_size=1, max_size=8))
    return approved(*((one, words if one else f"[{words}]") for one, words in said))


@st.composite
def redactions_of(draw, text):
    """Draw redactions of a text that may be made together: within turns, or whole turns in a row."""
    found, at = [], 0
    turns = list(text.turns)
    while at < len(turns):
        kind = draw(st.sampled_from(("none", "within", "whole")))
        turn = turns[at]
        if kind == "whole":
            last = draw(st.integers(at, min(at + 2, len(turns) - 1)))
            found.append(Redaction(turn.begin, turns[last].end, draw(st.sampled_from((text.gap, "[x]")))))
            at = last
        elif kind == "within" and turn.words_begin < turn.end:
            begin = draw(st.integers(turn.words_begin, turn.end - 1))
            end = draw(st.integers(begin + 1, turn.end))
            if begin != turn.begin or turn.speaker == "":
                found.append(
                    Redaction(begin, end, draw(st.sampled_from(("[place]", "[a longer one than that]", "[]"))))
                )
        at += 1
    return tuple(found)
