"""Transcripts as other programs write them, each with the turns it holds: label, text and beginning in milliseconds.

Speakers are codes and roles. The layouts are those of the programs' own exports in 2025 and 2026.
"""

# ruff: noqa: W291, W293  spaces at the ends of lines as the programs write them

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

ZOOM_VTT = """WEBVTT

1
00:00:02.040 --> 00:00:05.160
Facilitator: Welcome. Who has a case?

2
00:00:05.460 --> 00:00:07.020
P4: I do.

3
00:00:07.200 --> 00:00:09.900
P4: She was like me.
"""

TEAMS_VTT = """WEBVTT

00000000-1111-2222-3333-444444444444/12-0
00:00:02.040 --> 00:00:05.160
<v Facilitator>Welcome.
Who has a case?</v>

00000000-1111-2222-3333-444444444444/17-1
00:00:05.460 --> 00:00:07.020
<v P4>I do &amp; I don’t.</v>
"""

YOUTUBE_VTT = """WEBVTT
Kind: captions
Language: en

00:00:00.240 --> 00:00:03.829 align:start position:0%
 
welcome<00:00:00.690><c> who</c><00:00:01.050><c> has</c><00:00:01.530><c> a</c><00:00:01.770><c> case</c>

00:00:03.829 --> 00:00:03.839 align:start position:0%
welcome who has a case
 

00:00:03.839 --> 00:00:06.150 align:start position:0%
welcome who has a case
I<00:00:04.170><c> do</c>

00:00:06.150 --> 00:00:06.160 align:start position:0%
I do
 

00:00:06.160 --> 00:00:08.000 align:start position:0%
I do
I<00:00:06.500><c> do</c>
"""

NOSCRIBE_VTT = """WEBVTT noScribe transcript

NOTE
This transcript was made by noScribe

STYLE
::cue { color: white }

00:00:00.000 --> 00:00:02.140
<v S00>Welcome.

NOTE checked up to here
by P2

00:00:02.500 --> 00:00:03.000
<v S01>I do.
"""

SRT = """1
00:00:02,040 --> 00:00:05,160
<i>Welcome.</i> Who has
a case?

2
00:00:05,460 --> 00:00:07,020
{\\an8}I do.

3
00:00:12,000 --> 00:00:14,000
She was like me.
"""

SRT_NAMED_ON_CHANGE = """1
00:00:00,638 --> 00:00:01,198
Speaker 1: Good morning.

2
00:00:01,279 --> 00:00:02,880
Please sit down.

3
00:00:02,900 --> 00:00:04,000
Speaker 2: Thank you.
"""

NOSCRIBE_HTML = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html >
<head >
<meta charset="UTF-8" />
<style type="text/css" > p, li { white-space: pre-wrap; } </style>
<meta name="audio_source" content="./session 2.mp3" /></head>
<body style="font-family: 'Arial'" > <div class="WordSection1" ><p style="font-weight: 600" >session 2</p>\
<p ><span style="color: #909090" >Transcribed with noScribe vers. 0.7<br />Audio file: ./session 2.mp3</span></p>\
<p ><a name="ts_0_2140_" >(2 seconds pause) </a></p><p></p>\
<p ><a name="ts_2140_5000_S01" >S01: <span style="color: #78909C" >[00:00:02]</span> Welcome,</a>\
<a name="ts_5000_6000_S01" > (..)</a><a name="ts_6000_8010_S01" > who has a case &amp; why?</a>\
<a name="ts_8090_8910_//S02" > //S02: I do.</a><a name="ts_9000_10000_S01" >// Good.</a></p>\
<p ><a name="ts_36190_36330_S00" >S00: <span style="color: #78909C" >[00:00:36]</span> Yes.</a></p></div></body>
</html>
"""

# noScribe's editor writes each anchor empty before its text, and a person has given S01 a code.
NOSCRIBE_EDITED_HTML = """<html><head><title>x</title></head><body>
<p><a name="ts_2140_5000_S01"></a>P4: Welcome,<a name="ts_6000_8010_S01"></a> who has a case?</p>
<p><a name="ts_9000_9500_S01"></a>And why?</p></body></html>
"""

NOSCRIBE_TXT = """session 2

S01: [00:00:02] Welcome, who has a case?

S02: [00:00:08] I do. [00:00:40] She was like me.
"""

OTTER_TXT = """Facilitator  0:02  
Welcome. Who has a case?

Unknown Speaker  0:05  
I do.
She was like me.

Facilitator  1:02:03  
Thank you.

Transcribed by https://otter.ai
"""

F4_TXT = """P4: I kept thinking about her all night. #00:00:12-3#

P2: It made me angry. (unv.) #00:00:15-9#
"""

REV_TXT = """Speaker 1 (00:02):
Welcome. Who has a case?

Speaker 2 (00:05):
I do.
"""

STAMPED_TXT = """[00:00:02] Facilitator: Welcome. Who has a case?
[00:00:05] P4: I do.
[00:01:10] She was like me.
"""

BARE_STAMPS_TXT = """0:02 Welcome. Who has a case?
0:05 I do.
0:12 She was like me.
"""

PLAIN_TXT = """Facilitator: Welcome.
Who has a case?

P4: I do. And then she said: no.

I kept thinking about her.

P2: We met at 10:30.
"""

UNLABELLED_TXT = """Welcome. Who has a case?

I do. And then she said: no.
"""

WORD_TRANSCRIBE = ("Audio file", "session.m4a", "Transcript", "00:00:02 Speaker 1", "Welcome. Who has a case?",
                   "00:00:05 Speaker 2", "I do.", "She was like me.", "00:00:12 Speaker 1", "Thank you.")  # fmt: skip
TEAMS_DOCX = ("Facilitator   0:02\nWelcome. Who has a case?", "P4   0:05\nI do.")
STREAM_DOCX = (
    "0:0:2.0 --> 0:0:5.160\nWard Leader\nWelcome. Who has a case?",
    "0:0:5.460 --> 0:0:7.20\nNew Student\nI do.",
    "0:0:7.460 --> 0:0:9.20\nWard Leader\nGood.",
    "0:0:9.460 --> 0:0:11.20\nNew Student\nYes.",
)
TYPED_DOCX = ("Facilitator:\tWelcome.", "P4:\tI do.")

TURNS = {
    "zoom.vtt": [("Facilitator", "Welcome. Who has a case?", 2_040), ("P4", "I do. She was like me.", 5_460)],
    "teams.vtt": [("Facilitator", "Welcome. Who has a case?", 2_040), ("P4", "I do & I don’t.", 5_460)],
    "youtube.vtt": [("", "welcome who has a case I do I do", 240)],
    "noscribe.vtt": [("S00", "Welcome.", 0), ("S01", "I do.", 2_500)],
    "captions.srt": [("", "Welcome. Who has a case? I do.", 2_040), ("", "She was like me.", 12_000)],
    "named.srt": [("Speaker 1", "Good morning. Please sit down.", 638), ("Speaker 2", "Thank you.", 2_900)],
    "noscribe.html": [
        ("S01", "Welcome, (..) who has a case & why?", 2_140),
        ("S02", "I do.", 8_090),
        ("S01", "Good.", 9_000),
        ("S00", "Yes.", 36_190),
    ],
    "edited.html": [("P4", "Welcome, who has a case?", 2_140), ("P4", "And why?", 9_000)],
    "noscribe.txt": [
        ("", "session 2", None),
        ("S01", "Welcome, who has a case?", 2_000),
        ("S02", "I do. She was like me.", 8_000),
    ],
    "otter.txt": [
        ("Facilitator", "Welcome. Who has a case?", 2_000),
        ("Unknown Speaker", "I do. She was like me.", 5_000),
        ("Facilitator", "Thank you.", 3_723_000),
    ],
    "f4.txt": [("P4", "I kept thinking about her all night.", None), ("P2", "It made me angry. (unv.)", None)],
    "rev.txt": [("Speaker 1", "Welcome. Who has a case?", 2_000), ("Speaker 2", "I do.", 5_000)],
    "stamped.txt": [
        ("Facilitator", "Welcome. Who has a case?", 2_000),
        ("P4", "I do.", 5_000),
        ("P4", "She was like me.", 70_000),
    ],
    "bare.txt": [("", "Welcome. Who has a case?", 2_000), ("", "I do.", 5_000), ("", "She was like me.", 12_000)],
    "plain.txt": [
        ("Facilitator", "Welcome. Who has a case?", None),
        ("P4", "I do. And then she said: no.", None),
        ("P4", "I kept thinking about her.", None),
        ("P2", "We met at 10:30.", None),
    ],
    "unlabelled.txt": [("", "Welcome. Who has a case?", None), ("", "I do. And then she said: no.", None)],
    "word.docx": [
        ("", "Audio file", None),
        ("", "session.m4a", None),
        ("", "Transcript", None),
        ("Speaker 1", "Welcome. Who has a case?", 2_000),
        ("Speaker 2", "I do.", 5_000),
        ("Speaker 2", "She was like me.", None),
        ("Speaker 1", "Thank you.", 12_000),
    ],
    "teams.docx": [("Facilitator", "Welcome. Who has a case?", 2_000), ("P4", "I do.", 5_000)],
    "stream.docx": [
        ("Ward Leader", "Welcome. Who has a case?", 2_000),
        ("New Student", "I do.", 5_460),
        ("Ward Leader", "Good.", 7_460),
        ("New Student", "Yes.", 9_460),
    ],
    "typed.docx": [("Facilitator", "Welcome.", None), ("P4", "I do.", None)],
    "table.docx": [("P4", "I do.", 5_000), ("P2", "It made me angry.", 12_000)],
}


def paragraph(text):
    """Return a paragraph of a Word document; a line break for each in the text."""
    lines = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
        for line in text.split("\n")
    )
    return f"<w:p><w:pPr><w:pStyle w:val='Normal'/></w:pPr><w:r>{lines}</w:r></w:p>"


def row(*cells):
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def word_xml(body, *, declaration="", namespace="http://schemas.openxmlformats.org/wordprocessingml/2006/main"):
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{declaration}'
        f'<w:document xmlns:w="{namespace}" xmlns:mc="{compatibility}"><w:body>{body}</w:body></w:document>'
    )


def word_document(xml, *, member="word/document.xml", packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(member, xml)
        file.writestr("word/media/image1.png", b"\x89PNG")
    return out.getvalue()


def _word(paragraphs):
    return word_document(word_xml("".join(map(paragraph, paragraphs))))


FILES = {
    "zoom.vtt": ZOOM_VTT.encode(),
    "teams.vtt": TEAMS_VTT.replace("\n", "\r\n").encode("utf-8-sig"),
    "youtube.vtt": YOUTUBE_VTT.encode(),
    "noscribe.vtt": NOSCRIBE_VTT.encode(),
    "captions.srt": SRT.encode("cp1252"),
    "named.srt": SRT_NAMED_ON_CHANGE.encode(),
    "noscribe.html": NOSCRIBE_HTML.encode(),
    "edited.html": NOSCRIBE_EDITED_HTML.encode(),
    "noscribe.txt": NOSCRIBE_TXT.encode(),
    "otter.txt": OTTER_TXT.encode(),
    "f4.txt": F4_TXT.encode(),
    "rev.txt": REV_TXT.encode(),
    "stamped.txt": STAMPED_TXT.encode("utf-16"),
    "bare.txt": BARE_STAMPS_TXT.encode(),
    "plain.txt": PLAIN_TXT.encode(),
    "unlabelled.txt": UNLABELLED_TXT.encode(),
    "word.docx": _word(WORD_TRANSCRIBE),
    "teams.docx": _word(TEAMS_DOCX),
    "stream.docx": _word(STREAM_DOCX),
    "typed.docx": _word(TYPED_DOCX),
    "table.docx": word_document(
        word_xml(f"<w:tbl>{row('00:05', 'P4', 'I do.')}{row('00:12', 'P2', 'It made me angry.')}</w:tbl>")
    ),
}
