"""Files held open only to be closed when no others can be opened."""

import os


class SpareFiles:
    """Keeps descriptors in reserve, so that a process at its limit can still be reached."""

    COUNT = 4

    def __init__(self) -> None:
        self._held: list[int] = []
        self.refill()

    def give_back(self) -> bool:
        """Closes one, if there is one."""
        if not self._held:
            return False
        os.close(self._held.pop())
        return True

    def refill(self) -> None:
        """Opens what is missing, as far as possible."""
        try:
            while len(self._held) < self.COUNT:
                self._held.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            return
