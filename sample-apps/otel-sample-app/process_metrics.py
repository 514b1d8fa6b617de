"""CPU, memory, threads, open files and the interpreter's memory management."""

import resource
import time

from opentelemetry.instrumentation.system_metrics import SystemMetricsInstrumentor
from opentelemetry.metrics import CallbackOptions, Meter, Observation

from open_files import count_open_files
from started import STARTED_AT

LIBRARY: dict[str, list[str] | None] = {
    "process.memory.usage": None,
    "process.memory.virtual": None,
    "process.thread.count": None,
    "cpython.gc.collections": None,
    "cpython.gc.collected_objects": None,
    "cpython.gc.uncollectable_objects": None,
}
"""What the library measures; the rest it names in other ways than the conventions."""


def start_process_metrics(meter: Meter) -> None:
    """Exports them from now on."""
    SystemMetricsInstrumentor(config=LIBRARY).instrument(skip_dep_check=True)
    meter.create_observable_counter(
        "process.cpu.time",
        [_cpu_time],
        unit="s",
        description="Total CPU seconds broken down by different CPU modes.",
    )
    meter.create_observable_up_down_counter(
        "process.unix.file_descriptor.count",
        [lambda _: [Observation(count_open_files())]],
        unit="{file_descriptor}",
        description="Number of unix file descriptors in use by the process.",
    )
    meter.create_observable_gauge(
        "process.uptime",
        [lambda _: [Observation(time.time() - STARTED_AT)]],
        unit="s",
        description="The time the process has been running.",
    )


def _cpu_time(_: CallbackOptions) -> list[Observation]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return [
        Observation(usage.ru_utime, {"cpu.mode": "user"}),
        Observation(usage.ru_stime, {"cpu.mode": "system"}),
    ]
