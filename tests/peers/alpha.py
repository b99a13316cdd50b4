"""Print Krippendorff's alpha of coders' answers, as the package of that name has it. Standard input: JSON."""

from __future__ import annotations

import json
import sys

import krippendorff
import numpy as np

for_each = [
    krippendorff.alpha(reliability_data=np.array(answers, dtype=float), level_of_measurement="nominal")
    for answers in json.load(sys.stdin)
]
print(json.dumps(for_each))
