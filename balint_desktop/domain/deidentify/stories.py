"""Rare details that identify together with others: a layer of notes. Nothing is replaced; only a person can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from balint_desktop.domain.deidentify.layer_text import PEOPLE_KIND, LayerText
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion

_PHRASES = (
    (
        r"the only (?!(?:thing|things|way|ways|time|reason|part|bit|point|place|problem|question|difference|word)\b)"
        r"(?:\w+ ){0,3}(?:in|at|of|on|who|there|patient|doctor|student)"
    ),
    r"(?:very )?first (?:\w+ ){0,3}in (?:the )?(?:country|world|city|town|region|southern hemisphere)",
    r"first (?:\w+ ){0,3}in (?:new zealand|australia|england|scotland|wales|ireland|britain|the uk)",
    (
        r"first (?:woman|man|girl|boy|m[aā]ori|pasifika|pacific|samoan|tongan|asian|indian|black|muslim)"
        r" (?:(?:woman|man|girl|boy) )?(?:ever )?to"
    ),
    r"on (?:the )?(?:six o['’]clock )?(?:news|telly|tv|television|radio|front page)",
    r"in (?:all )?the (?:news|local paper|papers?|newspapers?|media|headlines)",
    r"(?:made|hit) the (?:news|headlines|papers)",
    r"went viral|documentary about|book about (?:it|him|her)|famous|well[- ]known|celebrity|world champion",
    r"all black|olympian|olympics|mp|member of parliament|politician|mayor",
    r"(?:heart|liver|lung|kidney|bone marrow|face|hand|corneal?) transplant|transplant(?:ed)?|organ donor",
    r"(?:identical |conjoined )?twins?|triplets?|quadruplets?|surrogate|adopted",
    r"murder(?:ed|er)?|homicide|manslaughter|stabbed|shot himself|gunshot|kidnapped|inquest|coroner",
    r"house fire|plane crash|helicopter crash|the earthquake|tsunami|shark (?:attack|bite)|mosque shootings?",
    r"refugees?|asylum seekers?|cult|witness protection|prisoners?|inmates?|sex worker|gang member|patched member",
    r"engagement ring|albino|dwarfism|one in a million|rare (?:\w+ )?(?:disease|disorder|condition|syndrome|cancer)",
)
# What somebody does is worth a note where few do it.
_OCCUPATIONS = (
    "judge barrister lawyer pilot priest minister pastor nun imam rabbi principal headmaster headmistress fisherman"
    " shearer jockey violinist pianist cricketer actor actress musician comedian astronaut beekeeper soldier farmer"
    " shepherd undertaker embalmer policeman policewoman firefighter footballer architect butcher locksmith ambassador"
    " diplomat diver coxswain skipper trawlerman lifeboatman organist bellringer signalman blacksmith farrier thatcher"
    " stonemason taxidermist gravedigger puppeteer magician ventriloquist ballerina dancer composer poet novelist"
    " sculptor glassblower jeweller goldsmith clockmaker watchmaker auctioneer bookmaker croupier wrestler goalkeeper"
    " referee umpire gamekeeper deerstalker drover whaler miner shipbuilder riveter astronomer archaeologist detective"
    " magistrate archdeacon abbot councillor newsreader broadcaster"
).split()
_RARE = re.compile(
    rf"\b(?:{'|'.join(_PHRASES)}|police officer|opera singer|rugby player|harbour ?master|lighthouse keeper"
    r"|(?:organ|piano) tuner|clock winder|bell ringer|(?:crane|train|tram) driver|air traffic controller"
    rf"|(?:{'|'.join(_OCCUPATIONS)})s?)\b",
)


def story_suggestions(text: LayerText) -> Iterator[Suggestion]:
    """Yield notes: words of rare things, and which people, language or faith somebody belongs to."""
    for found in _RARE.finditer(text.lowered):
        yield text.suggestion(found.start(), found.end(), Layer.STORY, "")
    for place in range(len(text.words)):
        listed = text.kind_at(place)
        if listed is not None and listed[1] == PEOPLE_KIND and not text.is_allowed(place):
            yield text.of_words(place, listed[0], Layer.STORY, "")
