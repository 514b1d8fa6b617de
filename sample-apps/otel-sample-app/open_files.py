"""How many files the process has open."""

import errno
import os
import resource

LIMIT = 1024
"""Open files the process allows itself, the same on every machine."""


def limit_open_files() -> None:
    """Lowers the limit of open files to LIMIT where it is higher."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft > LIMIT:
        resource.setrlimit(resource.RLIMIT_NOFILE, (LIMIT, hard))


def count_open_files() -> int:
    """Counts the descriptors, without the one that reads the list."""
    try:
        return len(os.listdir("/dev/fd")) - 1
    except OSError as error:
        # the list itself cannot be opened when all are in use
        return resource.getrlimit(resource.RLIMIT_NOFILE)[0] if error.errno == errno.EMFILE else 0
