"""An engine that plays along, as a process of its own: loud sound is speech, and each piece says where it begins.

python tests/played_engine.py [FOLDER]    waits before each piece until FOLDER holds a file `go` or the piece's number
"""

from __future__ import annotations

import array
import json
import sys
from pathlib import Path

from waiting import wait_until

from balint_desktop.pipes import read_exactly
from balint_desktop.transcription.engine_protocol import REQUEST, EngineRequest, answer

COMMAND = (sys.executable, __file__)
_WINDOW = 1536
_LOUD = 100


def main(arguments):
    gate = Path(arguments[0]) if arguments else None
    left, heard, said = 0, 0, "word"
    read, out = sys.stdin.buffer.read, sys.stdout.buffer
    while (head := read_exactly(read, REQUEST.size)) is not None:
        kind, size = REQUEST.unpack(head)
        data = read_exactly(read, size)
        request = EngineRequest(kind)
        if request is EngineRequest.START:
            message = {"engine": "played"}
            if not (Path(json.loads(data)["model"]) / "model.bin").exists():
                return 1
        elif request is EngineRequest.NEW_STRETCH:
            left, message = 0, {}
        elif request is EngineRequest.PROMPT:
            said, message = data.decode().split(",")[0], {}
        elif request is EngineRequest.HEAR:
            if gate is not None:
                _wait(gate, heard)
            heard += 1
            message = {"words": [[said, 0.1, 0.4, 0.9], [f"{size}", 0.5, 0.9, 0.4]], "segments": [[1.2, 0.0]]}
        else:
            samples = array.array("h", data)
            whole, left = divmod(left + len(samples), _WINDOW)
            if request is EngineRequest.STRETCH_END and left:
                whole += 1
            loud = [max(samples[n * _WINDOW : (n + 1) * _WINDOW], default=0) > _LOUD for n in range(whole)]
            message = {"speech": [100 * one for one in loud], "level_db": [-20 if one else -80 for one in loud]}
        out.write(answer(message))
        out.flush()
    return 0


def _wait(gate, number):
    (gate / f"waits-{number}").touch()
    wait_until(lambda: (gate / "go").exists() or (gate / str(number)).exists(), "the gate")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
