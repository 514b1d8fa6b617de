"""Traces, metrics and logs of the process."""

import logging
import os
import threading
import time
from collections.abc import Callable

from opentelemetry import metrics, trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import DropAggregation, View
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from exporters import make_exporters
from identity import describe_process
from log_export import LogExport
from plain_log import start_logging
from process_metrics import start_process_metrics
from span_export import ShortStacks

VIEWS = (
    # the instrumentation mixes up the sizes of answers that are sent at the same time
    View(instrument_name="http.server.response.body.size", aggregation=DropAggregation()),
    # and says the generation twice
    View(instrument_name="cpython.gc.*", attribute_keys={"cpython.gc.generation"}),
)


def start_telemetry() -> Callable[[float], None]:
    """
    Installs the global providers and logging. With OTEL_SDK_DISABLED=true the providers that do nothing stay.

    Answers a function that exports what is left and takes at most so many seconds. Raises SettingsError.
    """
    os.environ.setdefault("OTEL_SEMCONV_STABILITY_OPT_IN", "http")
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        start_logging()
        return lambda _: None
    to, about = make_exporters(os.environ), describe_process()
    tracers = TracerProvider(resource=about, shutdown_on_exit=False)
    tracers.add_span_processor(BatchSpanProcessor(ShortStacks(to.spans)))
    reader = PeriodicExportingMetricReader(to.metrics)
    meters = MeterProvider([reader], resource=about, shutdown_on_exit=False, views=VIEWS)
    loggers = LoggerProvider(resource=about, shutdown_on_exit=False)
    loggers.add_log_record_processor(BatchLogRecordProcessor(to.logs))
    trace.set_tracer_provider(tracers)
    metrics.set_meter_provider(meters)
    set_logger_provider(loggers)
    start_logging(LogExport(logging.INFO, loggers))
    start_process_metrics(metrics.get_meter("storefront"))
    return lambda seconds: _within(seconds, tracers.shutdown, loggers.shutdown, meters.shutdown)


def _within(seconds: float, *tasks: Callable[[], None]) -> None:
    """Runs tasks side by side; those not done in time are left to themselves."""
    threads = [threading.Thread(target=task, daemon=True) for task in tasks]
    end = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
