"""Stack traces for others to read."""

import re
import sys
import sysconfig
import traceback
from functools import cache
from pathlib import Path

_FILE = re.compile(r'(?<=File ")/[^"]*(?=")')


def format_stack(error: BaseException) -> str:
    """The trace of an exception, files named from where they are imported."""
    return shorten("".join(traceback.format_exception(error)))


def shorten(stack: str) -> str:
    """Names the files in a trace from where they are imported, whatever the place of installation."""
    return _FILE.sub(lambda found: _importable(found[0]), stack)


@cache
def _importable(path: str) -> str:
    for root in _roots():
        if path.startswith(root):
            return path.removeprefix(root)
    return path.rpartition("/")[2]


@cache
def _roots() -> tuple[str, ...]:
    """The places modules come from, the longest first."""
    places = {*filter(None, sys.path), *sysconfig.get_paths().values(), str(Path(__file__).parent)}
    resolved = {str(Path(place).resolve()) for place in places} | places
    return tuple(sorted((f"{place.rstrip('/')}/" for place in resolved), key=len, reverse=True))
