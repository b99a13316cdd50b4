"""A coder's Word copy is read whole, whoever wrote it, and a hostile one is refused."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from word_copies import FOLDER, NAMES, TEXT, Copy, Note, body_xml, document_xml, packed, word_file

from balint_desktop.domain.analysis.word_copy import WordHighlight, read_word_copy
from balint_desktop.domain.word_parts import WordFileError, WordFileFault

THREAD = (
    Note("made me angry", "Anger"),
    Note("made me angry", "Whose?", by="Supervisor", answers=0),
    Note("out of depth", "Alone\nat night", done=True),
    Note("angry. With the registrar", "Guilt"),
)


def read(body):
    return read_word_copy(packed({"word/document.xml": document_xml(None, body)}))


def commented(copy):
    return [copy.text[slice(*one.span)] for one in copy.comments]


def run(words, inside="t"):
    return f"<w:r><w:{inside} xml:space='preserve'>{words}</w:{inside}></w:r>"


def refused(parts):
    with pytest.raises(WordFileError) as caught:
        read_word_copy(parts if isinstance(parts, bytes) else packed(parts))
    return caught.value.fault


def test_threads_moments_and_resolved_comments_of_word_are_read():
    copy = read_word_copy(word_file(Copy(notes=THREAD)))

    assert copy.text == TEXT
    assert [one.on for one in THREAD] == commented(copy)
    assert [one.says for one in THREAD] == [one.words for one in copy.comments]
    assert [one.parent for one in copy.comments] == [None, "0", None, None]
    assert [one.is_resolved for one in copy.comments] == [False, False, True, False]
    assert {"2026-11-03T09:00:00Z"} == {one.created for one in copy.comments}


def test_word_online_names_its_document_otherwise():
    copy = read_word_copy(word_file(Copy(notes=THREAD, document="word/document2.xml")))

    assert [one.on for one in THREAD] == commented(copy)


def test_a_copy_without_ids_as_of_google_and_pages_has_comments_and_no_threads():
    copy = read_word_copy(word_file(Copy(notes=THREAD, has_ids=False)))

    assert ([None] * 4, {"2026-11-03T10:00:00Z"}) == (
        [one.parent for one in copy.comments],
        {one.created for one in copy.comments},
    )


@pytest.mark.parametrize("name", ["libreoffice.docx", "python-docx.docx"])
def test_a_copy_that_another_program_wrote_is_read_whole(name):
    copy = read_word_copy((FOLDER / name).read_bytes())

    assert copy.text == TEXT
    assert (commented(copy)) == [
        "made me angry",
        "whānau were there — “all of them”.\n\nF: What is",
        "toughen up",
        "Nobody asked",
    ]
    assert [one.words for one in copy.comments] == [
        "Anger; Turned on her\nwhy: the ‘then’",
        "Alone",
        "Leading?",
        "Left out: by us",
    ]
    assert [one.author for one in copy.comments] == ["Coder 2", "Coder 2", "Supervisor", "Coder 2"]
    assert [(one.colour, copy.text[one.begin : one.end]) for one in copy.highlights] == [
        ("#ffff00", "only tired"),
        ("#00ffff", "move on"),
    ]


def test_libreoffice_says_which_comment_is_resolved():
    copy = read_word_copy((FOLDER / "libreoffice.docx").read_bytes())

    assert [copy.text[slice(*one.span)] for one in copy.comments if one.is_resolved] == ["toughen up"]


def test_a_copy_of_word_that_libreoffice_opened_and_saved_again_is_read_whole():
    copy = read_word_copy((FOLDER / "libreoffice-saved.docx").read_bytes())
    resolved = [copy.text[slice(*one.span)] for one in copy.comments if one.is_resolved]

    # The insertion and the deletion are refused, the words in the box are no text of the page.
    assert (copy.text, copy.edited) == (TEXT, frozenset({3}))
    assert resolved == ["then with her. I know she was only tired.\n\n[silence, 14 s]\n\nR2: I would"]
    assert sorted((one.author, one.words) for one in copy.comments) == [
        ("Coder 2", "Anger; Turned on her"),
        ("Coder 2", "Over three turns"),
        ("Coder 2", "and at me"),
        ("Supervisor", "At whom?"),
        ("Supervisor", "Leading?"),
    ]
    assert [(one.colour, copy.text[one.begin : one.end]) for one in copy.highlights] == [
        ("#ffff00", "out of depth"),
        ("#c0ffee", "Nobody asked"),
    ]


@pytest.mark.parametrize(
    "look", ['<w:highlight w:val="yellow"/>', '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>']
)
def test_a_highlight_and_a_shading_are_one_colour_over_runs_and_paragraphs(look):
    words = "depth, whānau were there — “all of them”.\n\nF: What"
    whole = Copy(colours=((words, look),), notes=(Note("there — “all", "cut"),))

    copy = read_word_copy(word_file(whole))

    begin = TEXT.index(words)
    assert (WordHighlight("#ffff00", begin, begin + len(words)),) == copy.highlights


@pytest.mark.parametrize(
    "look",
    [
        '<w:highlight w:val="none"/>',
        '<w:shd w:fill="auto"/>',
        '<w:shd w:fill="FFFFFF"/>',
        '<w:rPrChange><w:rPr><w:highlight w:val="red"/></w:rPr></w:rPrChange>',
    ],
)
def test_what_is_no_colour_any_more_is_no_highlight(look):
    assert read_word_copy(word_file(Copy(colours=(("made me", look),)))).highlights == ()


CHANGED = [
    (f"{run('It ')}<w:ins>{run('really ')}</w:ins>{run('was.')}", "It was.", {0}),
    (f"{run('It ')}<w:del>{run('was', 'delText')}</w:del>{run('.')}", "It was.", {0}),
    (f"<w:moveTo>{run('no')}</w:moveTo><w:moveFrom>{run('It was.')}</w:moveFrom>", "It was.", {0}),
    (f"{run('It was.')}</w:p><w:p><w:ins>{run('A note.')}</w:ins>", "It was.", set()),
    (f"<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{run('It ')}</w:p><w:p>{run('was.')}", "It was.", {0}),
]


@pytest.mark.parametrize(("inside", "text", "edited"), CHANGED)
def test_tracked_changes_are_refused_and_said(inside, text, edited):
    copy = read(f"<w:p>{inside}</w:p>")

    assert (text, edited) == (copy.text, copy.edited)


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:p>{run('I do.')}<mc:AlternateContent><mc:Fallback>{run('no')}</mc:Fallback></mc:AlternateContent></w:p>",
        f"<w:p>{run('I do.')}<w:r><w:pict><w:txbxContent><w:p>{run('no')}</w:p></w:txbxContent></w:pict></w:r></w:p>",
        f"<w:p/><w:p>{run(' ')}</w:p><w:p>{run('I do.')}</w:p><w:p/>",
        f"<w:tbl><w:tr><w:tc><w:p>{run('I do.')}</w:p></w:tc></w:tr></w:tbl>",
        f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{run('I ')}</w:hyperlink>{run('do.')}</w:p></w:sdtContent></w:sdt>",
    ],
)
def test_only_the_text_of_the_page_is_read(inside):
    assert read(inside).text == "I do."


def test_letters_that_a_program_takes_apart_are_composed_and_places_follow():
    copy = Copy(text=unicodedata.normalize("NFD", TEXT), notes=(Note("were there", "Alone"),))

    found = read_word_copy(word_file(copy))

    assert (found.text, commented(found)) == (TEXT, ["were there"])


def test_a_comment_at_a_place_has_an_empty_span_and_one_on_nothing_has_none():
    notes = Copy(notes=(Note("made", "Here"), Note("made", "Nowhere")))
    body = f'<w:p>{run("It was.")}<w:r><w:commentReference w:id="0"/></w:r></w:p>'

    parts = {"word/document.xml": document_xml(None, body), "word/comments.xml": ""}
    with zipfile.ZipFile(io.BytesIO(word_file(notes))) as file:
        parts["word/comments.xml"] = file.read("word/comments.xml").decode()
    copy = read_word_copy(packed(parts))

    assert [one.span for one in copy.comments] == [(7, 7), None]


def test_a_selection_with_the_end_of_its_paragraph_is_of_that_paragraph():
    body = (
        f'<w:p><w:commentRangeStart w:id="0"/>{run("It was.")}</w:p>'
        f'<w:p><w:commentRangeEnd w:id="0"/>{run("So?")}<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    parts = {"word/document.xml": document_xml(None, body)}

    copy = read_word_copy(word_file(Copy("It", (Note("It", "Anger"),), parts=parts)))

    assert [one.span for one in copy.comments] == [(0, 7)]


def test_a_reply_without_a_place_of_its_own_is_where_its_thread_is():
    whole = Copy(notes=(Note("made me", "Anger"), Note("made me", "Why?", answers=0)))
    body = body_xml(Copy(notes=whole.notes[:1]))

    copy = read_word_copy(word_file(Copy(notes=whole.notes, parts={"word/document.xml": document_xml(None, body)})))

    assert commented(copy) == ["made me", "made me"]


def test_a_thread_that_answers_itself_ends():
    loop = (
        f'<w15:commentsEx {NAMES}><w15:commentEx w15:paraId="0AB00000" w15:paraIdParent="0AB00001"/>'
        '<w15:commentEx w15:paraId="0AB00001" w15:paraIdParent="0AB00000"/></w15:commentsEx>'
    )
    copy = Copy(notes=THREAD[:2], parts={"word/commentsExtended.xml": loop})

    assert [one.parent for one in read_word_copy(word_file(copy)).comments] == ["1", "0"]


ENTITY = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (b"no zip", WordFileFault.DAMAGED),
        ({"content.xml": "<a/>"}, WordFileFault.KIND),
        ({"../word/document.xml": document_xml(Copy())}, WordFileFault.KIND),
        ({"word/document.xml": "<w:document"}, WordFileFault.DAMAGED),
        ({"word/document.xml": ENTITY + document_xml(None, f"<w:p>{run('&a;')}</w:p>")}, WordFileFault.DAMAGED),
        (
            {"word/document.xml": document_xml(Copy()), "word/comments.xml": ENTITY + "<a>&a;</a>"},
            WordFileFault.DAMAGED,
        ),
        ({"word/document.xml": f"<w:document {NAMES}>" + "<w:p>" * 300}, WordFileFault.DAMAGED),
        ({"word/document.xml": " " * (17 * 1024 * 1024)}, WordFileFault.LARGE),
        ({"word/document.xml": document_xml(None, "<w:p/>" * 20_001)}, WordFileFault.LARGE),
        ({"word/document.xml": document_xml(None, f"<w:p>{run('x' * 1_000_001)}</w:p>")}, WordFileFault.LARGE),
        (
            {
                "word/document.xml": document_xml(Copy()),
                "word/comments.xml": f"<w:comments {NAMES}>"
                + "".join(f'<w:comment w:id="{at}"/>' for at in range(20_001))
                + "</w:comments>",
            },
            WordFileFault.LARGE,
        ),
    ],
)
def test_what_is_hostile_or_no_document_is_refused(parts, fault):
    assert fault is refused(parts)


def test_a_comment_that_was_made_to_fill_the_memory_is_cut():
    copy = read_word_copy(word_file(Copy(notes=(Note("made me", "a\n" * 90_000),))))

    assert len(copy.comments[0].words) <= 20_000
