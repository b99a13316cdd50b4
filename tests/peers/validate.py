"""Print what a schema says against a project file, empty where it is valid: SCHEMA FILE.qdpx."""

from __future__ import annotations

import json
import sys
import zipfile

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
with zipfile.ZipFile(sys.argv[2]) as packed:
    document = etree.fromstring(packed.read("project.qde"))
schema.validate(document)
print(json.dumps([str(error) for error in schema.error_log]))
