"""Print the processor seconds that krippendorff takes for the codes of a study, character by character, and its alphas.

Standard input: JSON with `length`, `coders` and, for each code, the stretches of each coder.
"""

from __future__ import annotations

import json
import sys
import time

import krippendorff
import numpy as np

given = json.load(sys.stdin)
begin, found = time.process_time(), []
for by_coder in given["codes"]:
    answers = np.zeros((given["coders"], given["length"]), dtype=np.int8)
    for row, spans in enumerate(by_coder):
        for first, last in spans:
            answers[row, first:last] = 1
    found.append(krippendorff.alpha(reliability_data=answers, level_of_measurement="nominal"))
print(json.dumps({"seconds": time.process_time() - begin, "alphas": found}))
