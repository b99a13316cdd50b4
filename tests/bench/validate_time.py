"""Print the processor seconds that lxml takes to hold a project file against the schema, and what it says against it.

Run with the peers' own Python. Standard input: JSON of the paths of the schema and of the file.
"""

from __future__ import annotations

import json
import sys
import time
import zipfile

from lxml import etree

given = json.load(sys.stdin)
schema = etree.XMLSchema(etree.parse(given["schema"]))
begin = time.process_time()
with zipfile.ZipFile(given["file"]) as packed:
    document = etree.fromstring(packed.read("project.qde"))
schema.validate(document)
print(json.dumps({"seconds": time.process_time() - begin, "errors": [str(error) for error in schema.error_log]}))
