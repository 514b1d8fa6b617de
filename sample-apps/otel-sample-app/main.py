"""The storefront: what customers see of the shop."""

import os
import signal
import sys

import started  # noqa: F401 (notes the time)
from listener import PortTaken, reserve
from open_files import limit_open_files
from settings import Settings, SettingsError

PORT_TAKEN = 98


def main() -> int:
    """Serves until the process is told to end and answers the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the server handles it
    try:
        settings = Settings.read(os.environ)
        limit_open_files()
        listener = reserve(settings.host, settings.port)

        from storefront import run  # takes a second, so only now

        run(settings, listener)
    except PortTaken as error:
        print(f"storefront: {error}", file=sys.stderr)
        return PORT_TAKEN
    except (SettingsError, OSError) as error:
        print(f"storefront: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
