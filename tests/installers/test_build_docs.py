"""The docs are Help, in every language, in files that need nothing else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from balint_desktop import i18n
from balint_desktop.library.help import help_pages

SCRIPT = Path(__file__).resolve().parents[2] / "installers" / "build_docs.py"


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "docs"
    spec = importlib.util.spec_from_file_location("build_docs", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.main(folder) == 0
    return folder


def test_there_is_a_file_for_each_language(docs):
    assert {path.name for path in docs.glob("*.html")} == {
        "index.html",
        *(f"{tag}.html" for tag in i18n.available()[1:]),
    }


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_page_is_in_it_and_every_link_leads_somewhere(docs, language):
    html = (docs / ("index.html" if language == "en" else f"{language}.html")).read_text(encoding="utf-8")
    i18n.use((language,))
    titles = [page.title for page in help_pages()]
    i18n.use(("en",))

    assert re.findall(r"<h2>(.*?)</h2>", html) == titles
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(re.findall(r'<section id="([^"]*)"', html))
    assert all((docs / path).is_file() for path in re.findall(r'src="([^"]*)"', html))


def test_nothing_comes_from_a_network_and_nothing_runs(docs):
    html = "".join(path.read_text(encoding="utf-8") for path in docs.glob("*.html"))

    assert re.findall(r"https?:|<script|//", html) == []
    assert html.count("<ol") == html.count("</ol>")
    assert html.count("<ul") == html.count("</ul>")
