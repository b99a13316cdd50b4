"""Find every text the app shows: in the code, in its tables, and in the files of resources. For Babel.

Babel finds calls by name; here the code is parsed, since a text also stands where it is only looked up later: in the
sentences of an error, in a table of commands, in a template's name.
"""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from balint_desktop.domain.help.page import parse_page

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "balint_desktop"
RESOURCES = ROOT / "resources"
# What each of our functions takes as text: the places of its arguments.
_CALLS = {"tr": (0,), "later": (0,), "tr_n": (0, 1), "tr_in": (0, 1)}
# Rows of a table whose texts are looked up where they are shown, and which of their arguments are texts.
_TABLES: dict[str, slice] = {
    "Sentence": slice(0, 3),
    "CommandHelp": slice(1, None),
    "GroupTemplate": slice(1, 2),
    "FormatError": slice(1, 2),
}
# Dictionaries whose values are looked up where they are shown.
_DICTIONARIES = {"WINDOW", "GOING_ON"}
# What is shown of a file, by the context its texts are looked up in.
FILES = {
    "format": (
        "formats",
        {"name", "about", "label", "title", "sentence", "step", "step_words", "mark_name"}
        | {"end_words", "words", "text", "probes", "theme_probes"},
    ),
    "prompt": ("prompts", {"label", "meaning", "text", "cue", "phrase", "say"}),
    "questionnaire": ("questionnaires", {"name", "about", "from_words", "to_words", "text"}),
    "pathway": ("pathways", {"name", "about", "note", "dated"}),
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Found:
    """A text: its file and line, its context, and its plural where it has one."""

    file: str
    line: int
    text: str
    plural: str = ""
    context: str = ""


@functools.cache
def everything() -> list[Found]:
    """Return every text of the app, in the order of the files, read once: a process sees one state of the tree."""
    return [*in_code(), *in_files()]


def in_code() -> Iterator[Found]:
    """Yield the texts in the code."""
    for path in sorted(CODE.rglob("*.py")):
        yield from in_source(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))


def in_source(source: str, file: str) -> Iterator[Found]:
    """Yield the texts in a module's source, from top to bottom."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) or _is_table(node)]
    for call in sorted(found, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(call, ast.Assign | ast.AnnAssign):
            yield from (Found(file, one.lineno, one.value) for one in call.value.values)
            continue
        name = _name(call)
        if name in _CALLS:
            yield from _of_call(call, name, file)
        elif name in _TABLES:
            yield from (Found(file, node.lineno, node.value) for node in _shown_in_table(call))


def not_literal(source: str, file: str) -> list[str]:
    """Return the calls whose text is not written there, and which nobody could find."""
    return [
        f"{file}:{node.lineno}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node) in _CALLS and _literals(node, _CALLS[_name(node)]) is None
    ]


def _is_table(node: ast.AST) -> bool:
    """Return whether this is a dictionary of texts that are looked up where they are shown."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Dict):
        return False
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return ast.unparse(target) in _DICTIONARIES


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _of_call(call: ast.Call, name: str, file: str) -> Iterator[Found]:
    texts = _literals(call, _CALLS[name])
    if texts is None or not any(texts):
        return
    if name == "tr_in":
        yield Found(file, call.lineno, texts[1], context=texts[0])
    else:
        yield Found(file, call.lineno, texts[0], plural=texts[1] if len(texts) > 1 else "")


def _literals(call: ast.Call, places: tuple[int, ...]) -> list[str] | None:
    texts = [
        call.args[place].value
        for place in places
        if place < len(call.args) and isinstance(call.args[place], ast.Constant)
    ]
    return texts if len(texts) == len(places) and all(isinstance(text, str) for text in texts) else None


def _shown_in_table(call: ast.Call) -> Iterator[ast.Constant]:
    """Yield the texts of a row: strings, and the values of dictionaries."""
    for argument in call.args[_TABLES[_name(call)]]:
        for value in argument.values if isinstance(argument, ast.Dict) else [argument]:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value


def in_files() -> Iterator[Found]:
    """Yield the texts in the files of resources."""
    for context, (folder, keys) in FILES.items():
        for path in sorted((RESOURCES / folder).glob("*.toml")):
            text = path.read_text(encoding="utf-8")
            for shown in dict.fromkeys(_shown_in_file(tomllib.loads(text), keys)):
                yield Found(str(path.relative_to(ROOT)), _line(text, shown), shown, context=context)
    for path in sorted((RESOURCES / "help").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        page = parse_page(path.stem, text)
        for shown in dict.fromkeys((*page.texts(), *filter(None, [page.keywords]))):
            yield Found(str(path.relative_to(ROOT)), _line(text, shown), shown, context="help")


def _shown_in_file(values: object, keys: set[str], key: str = "") -> Iterator[str]:
    match values:
        case dict():
            for name, value in values.items():
                # What the bank is called stands in stored reports, and is no text of a prompt.
                yield from _shown_in_file(value, keys, name)
        case list():
            for value in values:
                yield from _shown_in_file(value, keys, key)
        case str() if key in keys and values.strip():
            yield values


def _line(text: str, shown: str) -> int:
    at = text.find(shown)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def catalog(found: list[Found]) -> Catalog:
    """Return a Babel catalogue of what was found."""
    made = Catalog(project="Balint Desktop", charset="utf-8", fuzzy=False)
    for one in found:
        made.add(
            (one.text, one.plural) if one.plural else one.text,
            locations=[(one.file, one.line)],
            context=one.context or None,
            flags=["python-brace-format"] if _PLACEHOLDER.search(one.text) else [],
        )
    return made
