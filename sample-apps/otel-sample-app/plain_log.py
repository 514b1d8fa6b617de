"""Log lines on stdout."""

import json
import logging
import sys
from datetime import UTC, datetime

from opentelemetry.trace import format_span_id, format_trace_id, get_current_span

from stacktrace import format_stack


class JsonLines(logging.Formatter):
    """One JSON object a line, with the ids of the current span."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "msg": record.getMessage(),
        }
        span = get_current_span().get_span_context()
        if span.is_valid:
            line |= {"trace_id": format_trace_id(span.trace_id), "span_id": format_span_id(span.span_id)}
        if record.exc_info and record.exc_info[1] is not None:
            line["stack"] = format_stack(record.exc_info[1])
        return json.dumps(line)


def start_logging(*exports: logging.Handler) -> None:
    """Sends log lines to stdout and to these handlers."""
    plain = logging.StreamHandler(sys.stdout)
    plain.setFormatter(JsonLines())
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in (plain, *exports):
        root.addHandler(handler)
    for chatty in ("httpx", "httpcore", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
