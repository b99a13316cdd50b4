"""Texts of the files in resources in the user's language: formats, prompts, questionnaires, pathways, Help.

Only what is written in the app's own language is looked up, and each kind of file in a context of its own. What a user
wrote is shown as it was written, also where it happens to be a word of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial

from balint_desktop import resources
from balint_desktop.domain.accreditation.pathways import Pathway
from balint_desktop.domain.evaluation.questionnaires import Questionnaire
from balint_desktop.domain.help.page import BlockKind, HelpPage
from balint_desktop.domain.session.formats import Phase, Question, SessionFormat, parse_format
from balint_desktop.domain.session.prompt_bank import PromptBank
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.i18n import SOURCE, language, tr_in

FORMAT, PROMPT, QUESTIONNAIRE, PATHWAY = "format", "prompt", "questionnaire", "pathway"
HELP = "help"
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_ASSIGNED = re.compile(r"\s*([a-z_]+)\s*=")
# What a file refers to things by is the same in every language.
_NOT_SHOWN = {"key", "kind", "language", "prompts", "chips"}
_LANGUAGE = re.compile(r"^language\s*=.*$", re.MULTILINE)
_of_format = partial(tr_in, FORMAT)
_of_prompt = partial(tr_in, PROMPT)
_asked = partial(tr_in, QUESTIONNAIRE)
_of_pathway = partial(tr_in, PATHWAY)


def translated_format(of: SessionFormat) -> SessionFormat:
    """Return a format in the user's language, unchanged if it is not written in the app's own."""
    if of.language != SOURCE or language() == SOURCE:
        return of
    return replace(
        of,
        name=_of_format(of.name),
        about=_of_format(of.about),
        end_words=_of_format(of.end_words),
        phases=tuple(_phase(phase) for phase in of.phases),
        questions=tuple(_question(question) for question in of.questions),
    )


def _question(of: Question) -> Question:
    probes, theme_probes = (tuple(map(_of_format, group)) for group in (of.probes, of.theme_probes))
    return replace(of, text=_of_format(of.text), probes=probes, theme_probes=theme_probes)


def _phase(of: Phase) -> Phase:
    return replace(
        of,
        label=_of_format(of.label),
        title=_of_format(of.title),
        sentence=_of_format(of.sentence),
        step=_of_format(of.step),
        step_words=_of_format(of.step_words),
        mark_name=_of_format(of.mark_name),
        words=tuple(map(_of_format, of.words)),
    )


def translated_record(of: SessionRecord) -> SessionRecord:
    """Return a session's record with the words of its format in the user's language."""
    if language() == SOURCE or _stored_format(of.setting.format_text).language != SOURCE:
        return of
    return replace(
        of,
        format_name=_of_format(of.format_name),
        phases=tuple(replace(phase, label=_of_format(phase.label)) for phase in of.phases),
        questions=tuple(replace(asked, text=_of_format(asked.text)) for asked in of.questions),
    )


@lru_cache(maxsize=16)
def _stored_format(text: str) -> SessionFormat:
    return parse_format(text)


def format_name(name: str) -> str:
    """Return the name of a stored session's format: no format of a user has the name of one of ours."""
    return _of_format(name)


def translated_questionnaire(of: Questionnaire) -> Questionnaire:
    """Return a questionnaire in the user's language, unchanged if it is not written in the app's own."""
    if of.language != SOURCE or language() == SOURCE:
        return of
    return replace(
        of,
        name=_asked(of.name),
        about=_asked(of.about),
        statements=tuple(map(_asked, of.statements)),
        lines=tuple(map(_asked, of.lines)),
        from_words=_asked(of.from_words),
        to_words=_asked(of.to_words),
    )


def translated_bank(of: PromptBank) -> PromptBank:
    """Return the prompt bank in the user's language. Its name and version stand in reports, and stay."""
    return replace(
        of,
        prompts=tuple(replace(prompt, text=_of_prompt(prompt.text)) for prompt in of.prompts),
        situations=tuple(
            replace(one, label=_of_prompt(one.label), meaning=_of_prompt(one.meaning)) for one in of.situations
        ),
        sources=tuple(replace(source, name=_of_prompt(source.name)) for source in of.sources),
    )


def translated_pathway(of: Pathway) -> Pathway:
    """Return a shipped pathway in the user's language; its source is a citation, and stays."""
    aims = tuple(replace(aim, note=_of_pathway(aim.note)) for aim in of.aims)
    return replace(of, name=_of_pathway(of.name), about=_of_pathway(of.about), dated=_of_pathway(of.dated), aims=aims)


def translated_help(of: HelpPage, titles: Mapping[str, str]) -> HelpPage:
    """Return a page of Help in the user's language. Its links take the titles of the pages they lead to."""
    shown = partial(tr_in, HELP)
    blocks = tuple(
        replace(block, text=shown(titles[block.target] if block.kind is BlockKind.LINK else block.text))
        for block in of.blocks
    )
    return replace(of, title=shown(of.title), blocks=blocks, keywords=shown(of.keywords))


def shipped_texts() -> frozenset[str]:
    """Return the texts of the formats, questionnaires and pathways that come with the app, in the user's language too.

    They are the app's own words in a report or on a card, whatever else is written there.
    """
    return _shipped_texts(language())


@lru_cache(maxsize=2)
def _shipped_texts(_language: str) -> frozenset[str]:
    found = set()
    for folder, context in (("formats", FORMAT), ("questionnaires", QUESTIONNAIRE), ("pathways", PATHWAY)):
        for path in sorted(resources.folder(folder).glob("*.toml")):
            for string in _STRING.findall(path.read_text(encoding="utf-8")):
                text = json.loads(string)
                found |= {text, tr_in(context, text)}
    return frozenset(found)


def translated_file(text: str, context: str) -> str:
    """Return the text of a file of ours in the user's language, to be copied and changed; comments stay.

    The copy says which language it is in, so that nothing of it is translated again.
    """
    if language() == SOURCE or not re.search(rf'^language\s*=\s*"{SOURCE}"', text, re.MULTILINE):
        return text
    rows, key = [], ""
    for row in text.split("\n"):
        assigned = _ASSIGNED.match(row)
        key = assigned[1] if assigned else key
        is_text = key not in _NOT_SHOWN and not row.lstrip().startswith("#")
        rows.append(_STRING.sub(partial(_translated_string, context), row) if is_text else row)
    return _LANGUAGE.sub(f'language = "{language()}"', "\n".join(rows), count=1)


def _translated_string(context: str, found: re.Match[str]) -> str:
    return json.dumps(tr_in(context, json.loads(found[0])), ensure_ascii=False)
