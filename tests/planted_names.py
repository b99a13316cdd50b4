"""A vault with a name planted in every field that a person can type into, a different one in each."""

from __future__ import annotations

import itertools
import json
from dataclasses import fields, replace
from datetime import date

from accounts import CODES, GROUP, keep_six_weeks, six_weeks_group

from balint_desktop import resources
from balint_desktop.domain.accreditation.pathways import Aim, Pathway
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewState
from balint_desktop.domain.accreditation.values import (
    Colleague,
    ColleagueId,
    ColleagueRole,
    EntryId,
    Leaders,
    Meeting,
    MeetingKind,
    OwnRole,
    SessionColleague,
    Supervision,
)
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.evaluation.scores import BareScore, Occasion
from balint_desktop.domain.evaluation.written_part import Sheet
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session.corrections import Field
from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.facilitator import Facilitator
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.sealed.keys import new_identity
from balint_desktop.vault.log.consents import ConsentCollection

P1 = ParticipantCode("P1")
TODAY = date(2026, 4, 20)
# Of syllables that make no word of any language here, and none within another.
_SYLLABLES = ("zan", "vek", "dru", "mip", "kol", "bex", "tuf", "gwo")
_MADE = ("".join(parts).capitalize() + "ri" for parts in itertools.permutations(_SYLLABLES, 3))
_STUDY = tuple(one.name for one in fields(Study) if one.type == "str")
_FACILITATOR = tuple(one.name for one in fields(Facilitator))


class Planted:
    """The name of each field. A field without one is given its name when it is asked for."""

    def __init__(self):
        self.names = {}

    def __call__(self, field, words="{}"):
        if field not in self.names:
            self.names[field] = next(_MADE)
        return words.format(self.names[field])

    def known(self, field):
        """Return the name of a field as the gate knows it."""
        return (KnownName(P1, f"{self.names[field]} Wexlore"),)


def plant(vault):
    """Fill a vault with six weeks, and a name in each field. Return the names."""
    name = Planted()
    keep_six_weeks(vault)
    log = vault.log
    group = replace(
        six_weeks_group(),
        name=name("group name", "The {} group"),
        support=name("support", "Ask {} at Student Health"),
        readers=(Reader(name("reader", "{}’s laptop"), new_identity().recipient),),
    )
    log.groups.save_group(group)
    sessions = log.sessions.sessions(GROUP)
    note = name("process note", "We sat with {}, quietly")
    log.corrections.correct(
        sessions[0].id,
        {Field.PROCESS_NOTE: note},
        _attribution(name),
        seen={Field.PROCESS_NOTE: sessions[0].debrief.process_note},
        revision=log.sessions.session(sessions[0].id).revision,
    )
    study = Study(**{one: name(f"study {one}", "by {}") for one in _STUDY})
    purposes = {purpose: name(f"study form {purpose.value}", "I agree, as {} does") for purpose in Purpose}
    log.consents.save_study(GROUP, replace(study, form_purposes=purposes))
    log.consents.enter(GROUP, [(code, Purpose.ANALYSIS) for code in CODES], Answer.GIVEN, ConsentCollection(TODAY))
    request = AccessRequest(
        RequestId("r"), GROUP, name("request who", "{}"), name("request about", "what {} said"), TODAY
    )
    log.access.save(replace(request, answer=name("request answer", "shown to {}"), answered=TODAY), TODAY)
    log.accreditation.save_supervision(
        Supervision(EntryId("v"), TODAY, 60, name("supervisor", "Dr {}"), note=name("supervision note", "of {}")), TODAY
    )
    meeting = Meeting(EntryId("m"), TODAY, MeetingKind.WEEKEND, 900, name("meeting", "Weekend at {}"))
    log.accreditation.save_meeting(meeting, TODAY)
    aim = Aim(next(iter(Measure)), 6, note=name("aim", "as {} wants"))
    log.accreditation.set_aims(
        Pathway(
            name("pathway name"), "own", name("pathway about"), name("pathway source"), name("pathway date"), (aim,)
        )
    )
    texts = {heading: name(f"review {heading.value}", "I was with {}") for heading in Heading}
    log.accreditation.save_review(Review(sessions[1].id, ReviewState.WRITTEN, texts))
    colleague = log.leaders.save_colleague(Colleague(ColleagueId("c"), name("colleague", "{} C")))
    log.leaders.save_leaders(
        sessions[0].id, Leaders(OwnRole.CO_LEAD, (SessionColleague(colleague, ColleagueRole.CO_LEAD),))
    )
    log.set_setting(
        "facilitator", Facilitator(**{one: name(f"facilitator {one}", "{} here") for one in _FACILITATOR}).to_text()
    )
    log.set_setting("institution", name("institution", "{} Clinic"))
    log.evaluation.save_score(GROUP, BareScore(P1, name("score", "The {} scale"), next(iter(Occasion)), 3.0))
    part = log.evaluation.open_part(GROUP, TODAY, questionnaire(name), 5, sessions[0].id)
    for _sheet in range(6):
        log.evaluation.add_sheet(part, Sheet((4, 3), (name("free line", "{} helped"),)))
    log.evaluation.close_part(part)
    log.holds.place(Hold(HoldId("h"), GROUP, TODAY, name("hold reason", "asked by {}"), name("hold by")), TODAY)
    return name


def _attribution(name):
    from balint_desktop.domain.session.corrections import Attribution  # noqa: PLC0415

    return Attribution(name("correction by"), name("correction reason", "{} said so"))


def questionnaire(name):
    """Return a questionnaire of a person's own."""
    return (
        f'key = "own"\nname = {json.dumps(name("questionnaire name", "{} asks"))}\n'
        f"about = {json.dumps(name('questionnaire about'))}\nversion = 1\n"
        'from_words = "no"\nto_words = "yes"\n'
        f'[[statement]]\ntext = {json.dumps(name("statement", "I trust {}"))}\n[[statement]]\ntext = "I came"\n'
        f"[[line]]\ntext = {json.dumps(name('line', 'And {}?'))}\n"
    )


def own_format(name):
    """Return the text of a format of a person's own, with names in its words."""
    text = resources.text("formats/student-hour.toml").replace('language = "en"', 'language = "xx"')
    text = text.replace('key = "student-hour"', 'key = "own"', 1)
    head, words, rest = text.partition("name = ")
    return head + words + json.dumps(name("format name", "{} hour")) + "\n" + rest.partition("\n")[2]


def with_roster(vault, *names):
    """Store a roster of these names."""
    people = tuple(Person(ParticipantCode(f"P{number}"), name) for number, name in enumerate(names, start=1))
    vault.rosters.save({GROUP: Roster().with_people(people)})
