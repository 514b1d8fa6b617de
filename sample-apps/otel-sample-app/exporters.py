"""The three signals by OTLP."""

from collections.abc import Mapping
from dataclasses import dataclass

from opentelemetry.sdk._logs.export import LogRecordExporter
from opentelemetry.sdk.metrics.export import MetricExporter
from opentelemetry.sdk.trace.export import SpanExporter

from settings import SettingsError


@dataclass(frozen=True)
class Exporters:
    """One for each signal."""

    spans: SpanExporter
    metrics: MetricExporter
    logs: LogRecordExporter


def make_exporters(environ: Mapping[str, str]) -> Exporters:
    """Picks the protocol; endpoint, headers and the rest the exporters read themselves. Raises SettingsError."""
    protocol = environ.get("OTEL_EXPORTER_OTLP_PROTOCOL") or "http/protobuf"
    if protocol == "http/protobuf":
        return _over_http()
    if protocol == "grpc":
        return _over_grpc()
    raise SettingsError(f"OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or grpc, is {protocol!r}")


# Only what is used is imported: either takes a good part of the start.


def _over_http() -> Exporters:
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return Exporters(OTLPSpanExporter(), OTLPMetricExporter(), OTLPLogExporter())


def _over_grpc() -> Exporters:
    from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    return Exporters(OTLPSpanExporter(), OTLPMetricExporter(), OTLPLogExporter())
