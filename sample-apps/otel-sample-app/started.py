"""When the process started."""

import time

STARTED_AT = time.time()
"""As far as the process can see, in Unix seconds."""
