"""Who the process is, as its telemetry says."""

import os
import platform
import uuid

from opentelemetry.sdk.resources import OTELResourceDetector, Resource


def describe_process() -> Resource:
    """The resource; what the environment says overrides the presets."""
    presets: dict[str, str | int] = {
        "service.name": "otel-sample-app",
        "service.instance.id": str(uuid.uuid4()),
        "process.pid": os.getpid(),
        "process.runtime.name": platform.python_implementation().lower(),
        "process.runtime.version": platform.python_version(),
    }
    given = OTELResourceDetector().detect().attributes
    return Resource.create({key: value for key, value in presets.items() if key not in given})
