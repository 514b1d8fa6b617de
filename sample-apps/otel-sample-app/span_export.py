"""Spans on their way to the exporter."""

from collections.abc import Sequence

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from stacktrace import shorten

STACK = "exception.stacktrace"


class ShortStacks(SpanExporter):
    """Shortens the stack traces of recorded exceptions, which the SDK writes with full paths."""

    def __init__(self, below: SpanExporter) -> None:
        self._below = below

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._below.export([_shortened(span) if span.events else span for span in spans])

    def shutdown(self) -> None:
        self._below.shutdown()

    def force_flush(self, timeout_millis: int = 30000) -> bool:
        return self._below.force_flush(timeout_millis)


def _shortened(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=span.attributes,
        events=[_event(event) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=span.status,
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _event(event: Event) -> Event:
    attributes = dict(event.attributes or {})
    if isinstance(stack := attributes.get(STACK), str):
        attributes[STACK] = shorten(stack)
    return Event(event.name, attributes, event.timestamp)
