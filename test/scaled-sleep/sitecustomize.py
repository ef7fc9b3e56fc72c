"""Read by Python as it starts: a client of a world that runs faster than real time waits as much less."""

import os
import time

_sleep = time.sleep
_scale = float(os.environ.get("TIME_SCALE", "1"))


def _scaled(seconds):
    _sleep(seconds / _scale)


time.sleep = _scaled
