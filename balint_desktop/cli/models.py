"""`balint-desktop models`: list, add, remove and check the models that write first drafts. Needs no vault."""

from __future__ import annotations

import argparse
from pathlib import Path

from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, print_json, print_table
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.text.models import checked_words, model_languages, model_size, purpose_words
from balint_desktop.text.trouble import sentence
from balint_desktop.transcription.model_store import InstalledModel, ModelStore
from balint_desktop.transcription.models import ListedModel


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of models."""
    acts.add("list", _list, opens_vault=False, as_json=True)
    add = acts.add("add", _add, opens_vault=False, as_json=True)
    add.add_argument("path", metavar="PATH", help=tr("a folder or a zip that you already have"))
    add.add_argument(
        "--not-checked", action="store_true", help=tr("also accept a model that we have not checked, if you trust it")
    )
    remove = acts.add("remove", _remove, opens_vault=False, as_json=True)
    remove.add_argument("name", metavar="NAME")
    acts.add("check", _check, opens_vault=False, as_json=True)


def _store(options: argparse.Namespace) -> ModelStore:
    return ModelStore(data_folder(options.data_dir).models)


def _list(options: argparse.Namespace) -> CommandResult:
    store = _store(options)
    installed = store.installed()
    known = {model.listed.name for model in installed if model.listed is not None}
    others = [model for model in store.known.models if model.name not in known and not model.is_for_tests]
    if options.json:
        print_json([*map(_installed_object, installed), *map(_listed_object, others)])
        return CommandResult()
    headings = (tr("Model"), tr("On this computer"), tr("Languages"), tr("Size"), tr("For"), tr("From"))
    print_table(headings, [*map(_installed_row, installed), *map(_listed_row, others)], "")
    if not installed:
        print(tr("To add one, get it from its publisher, then run “balint-desktop models add” with its folder or zip."))
    return CommandResult()


def _add(options: argparse.Namespace) -> CommandResult:
    added = _store(options).add(Path(options.path), not_checked=options.not_checked)
    if options.json:
        print_json([_installed_object(added.model) | {"new": added.is_new}])
    elif added.is_new:
        print(_added_words(added.model))
    else:
        print(tr("{name} is already on this computer.").format(name=added.model.name))
    return CommandResult()


def _remove(options: argparse.Namespace) -> CommandResult:
    removed = _store(options).remove(options.name)
    if options.json:
        print_json([{"name": removed.name, "removed": True}])
    else:
        print(tr("{name} was removed from this computer.").format(name=removed.name))
    return CommandResult()


def _check(options: argparse.Namespace) -> CommandResult:
    store = _store(options)
    wrong = []
    installed = store.installed()
    if not installed and not options.json:
        print(tr("There is no model on this computer."))
    for model in installed:
        problem = _problem(store, model)
        if options.json:
            print_json([{"name": model.name, "ok": not problem, "checked": model.is_checked}])
        else:
            outcome = tr("FAILED") if problem else tr("ok")
            print(f"{outcome:<7} {model.name} ({checked_words(is_checked=model.is_checked)})")
        wrong += [problem] if problem else []
    return CommandResult("\n".join(wrong))


def _problem(store: ModelStore, model: InstalledModel) -> str:
    try:
        store.verified(model.name)
    except Trouble as trouble:
        return sentence(trouble)
    return ""


def _added_words(model: InstalledModel) -> str:
    if model.is_checked:
        return tr("{name} was added. Every file was checked.").format(name=model.name)
    return tr("{name} was added. It is not checked by us.").format(name=model.name)


def _installed_row(model: InstalledModel) -> tuple[str, ...]:
    if not model.files:
        return model.name, tr("damaged"), "", "", "", ""
    here = tr("yes, checked") if model.is_checked else tr("yes, not checked by us")
    purpose = purpose_words(model.listed.purpose) if model.listed is not None else ""
    return model.name, here, model_languages(model.languages), model_size(model.bytes), purpose, ""


def _listed_row(model: ListedModel) -> tuple[str, ...]:
    source = model.source.removeprefix("https://")
    purpose, size = purpose_words(model.purpose), model_size(model.bytes)
    return model.name, tr("no"), model_languages(model.languages), size, purpose, source


def _installed_object(model: InstalledModel) -> dict[str, object]:
    return {
        "name": model.name,
        "installed": True,
        "checked": model.is_checked,
        "damaged": not model.files,
        "languages": list(model.languages),
        "bytes": model.bytes,
        "sha256": model.sha256,
        "folder": str(model.folder),
    }


def _listed_object(model: ListedModel) -> dict[str, object]:
    return {
        "name": model.name,
        "installed": False,
        "languages": list(model.languages),
        "bytes": model.bytes,
        "memory_mb": model.memory_mb,
        "licence": model.licence,
        "source": model.source,
        "purpose": model.purpose,
    }
