"""The study of the paper, made up anew: six sessions that three people coded alone, and a fourth who came late.

What each coder wrote is here as a table of passages, so that the window, a Word copy, a coding file and another
program's project can be given the same kind of work, and what comes out can be looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

# Who speaks, and what is said; the last session is the evaluation.
SESSIONS = (
    (
        ("R1", "I met her on the ward in the second week, and I still think about the way she looked at the floor."),
        ("R3", "It made me angry with the registrar, and then with her. I know she was only tired."),
        ("Facilitator", "What is that like, to be angry with both?"),
        ("R4", "I would have felt very out of depth. Nobody had told me what to say."),
        ("R2", "We were told to toughen up and to move on to the next bed."),
        ("R5", "Perhaps she wanted somebody to stay, and nobody did."),
    ),
    (
        ("R2", "He would not speak to me, and I sat there for most of an hour."),
        ("R5", "I imagine him waiting for the next person to leave the room."),
        ("R1", "I felt useless, as if I were only there to be taught on him."),
        ("R6", "The nurse said that he liked it when somebody sat with him, and I had not thought of that."),
        ("Facilitator", "What happens in the silence?"),
        ("R4", "In the silence I am frightened that I have made it worse."),
    ),
    (
        ("R4", "She laughed when she told me what had been done to her, and I laughed too."),
        ("R3", "I would be ashamed of that laugh for a week."),
        ("R6", "Maybe the laugh was the only thing that was hers."),
        ("R1", "Nobody teaches you what to do with your face."),
        ("R2", "I went home and could not tell anyone, because it is not mine to tell."),
    ),
    (
        ("R6", "His mother asked me whether he would get better, and I am a student."),
        ("R5", "I would have wanted to promise her something."),
        ("R2", "You are in between: not a doctor, and not nobody."),
        ("R3", "The consultant walked past while she was crying, and I thought, so that is how it is done."),
        ("Facilitator", "What did that do to you?"),
        ("R6", "It made me smaller. I do not want to become that."),
    ),
    (
        ("R5", "He told me that I was the first to ask him about his boat."),
        ("R1", "I felt proud, and then I was sad that nobody else had."),
        ("R4", "It is safe to say that here; on the ward I would have kept it to myself."),
        ("R2", "Here I hear that the others are frightened too, and then I am less alone."),
        ("R3", "I think that he will remember you, and you will remember him."),
    ),
    (
        ("Facilitator", "What was it like to be in this group?"),
        ("R3", "It was the only hour of the week in which nobody marked me."),
        ("R1", "I learnt to wait before I try to solve it."),
        ("R6", "I would have liked it to go on for the whole year."),
    ),
)


@dataclass(frozen=True)
class Passage:
    """Words of a session's text that a coder gave a code to, and why where they said so."""

    session: int
    words: str
    code: str
    memo: str = ""


LEAD = (
    Passage(1, "It made me angry with the registrar", "Anger at the team", "why: the 'then'"),
    Passage(1, "I would have felt very out of depth", "Out of depth"),
    Passage(1, "told to toughen up", "Toughen up"),
    Passage(2, "I felt useless", "Out of depth"),
    Passage(3, "Nobody teaches you what to do with your face", "Out of depth"),
    Passage(4, "It made me smaller", "Becoming that"),
    Passage(5, "It is safe to say that here", "Safe here"),
)
# By a coding file from a vault of their own.
PARCEL = (
    Passage(1, "angry with the registrar, and then with her", "Anger"),
    Passage(1, "told to toughen up and to move on", "Hardening"),
    Passage(2, "frightened that I have made it worse", "Fear"),
    Passage(5, "the others are frightened too, and then I am less alone", "Less alone", "the group as a place"),
)
# In Word, as comments.
WORD = (
    Passage(1, "Nobody had told me what to say", "Not prepared"),
    Passage(2, "I felt useless, as if I were only there to be taught on him", "Not prepared", "taught on, not with"),
    Passage(5, "on the ward I would have kept it to myself", "Kept to oneself"),
)
# In another program, late.
INDEPENDENT = (
    Passage(1, "It made me angry", "Rage"),
    Passage(4, "You are in between: not a doctor, and not nobody", "Between"),
    Passage(5, "Here I hear that the others are frightened too", "Shared fear"),
)
THEMES = (
    ("Not prepared for it", "Students meet distress before anyone has said what to do with it."),
    ("Being hardened", "What is modelled on the ward is to move on."),
    ("In between", "A student is neither a doctor nor nobody."),
    ("Less alone here", "The group is where it can be said."),
)
# Which passages the themes are shown by.
QUOTED = (LEAD[1], LEAD[2], INDEPENDENT[1], LEAD[6])
# With the framework, in the rounds after the first.
AGAIN = (
    Passage(2, "I felt useless", "Out of depth"),
    Passage(4, "I do not want to become that", "Becoming that"),
)
