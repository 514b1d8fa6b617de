"""Log lines on their way to the exporter."""

import copy
import logging

from opentelemetry.instrumentation.logging.handler import LoggingHandler

from stacktrace import format_stack


class LogExport(LoggingHandler):
    """Exports log lines with the context of their trace, and exceptions with short stack traces."""

    def filter(self, record: logging.LogRecord) -> bool:
        """What the SDK says about itself is not exported: when exports fail that would never end."""
        return not record.name.startswith("opentelemetry") and bool(super().filter(record))

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record = copy.copy(record)
            record.exc_info = None
            record.__dict__["exception.type"] = type(error).__qualname__
            record.__dict__["exception.message"] = str(error)
            record.__dict__["exception.stacktrace"] = format_stack(error)
        super().emit(record)
