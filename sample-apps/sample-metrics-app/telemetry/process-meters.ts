import { readdirSync } from "node:fs";
import { type Meter, ValueType } from "@opentelemetry/api";

/** Exports what the runtime's own instrumentation leaves out: CPU, memory, open files and age of the process. */
export function measureProcess(meter: Meter): void {
  const cpu = meter.createObservableCounter("process.cpu.time", {
    unit: "s",
    description: "Total CPU seconds broken down by different CPU modes.",
  });
  const memory = meter.createObservableUpDownCounter("process.memory.usage", {
    unit: "By",
    description: "The amount of physical memory in use.",
    valueType: ValueType.INT,
  });
  const files = meter.createObservableUpDownCounter("process.unix.file_descriptor.count", {
    unit: "{file_descriptor}",
    description: "Number of unix file descriptors in use by the process.",
    valueType: ValueType.INT,
  });
  const uptime = meter.createObservableGauge("process.uptime", {
    unit: "s",
    description: "The time the process has been running.",
  });
  meter.addBatchObservableCallback(
    (observed) => {
      const { user, system } = process.cpuUsage();
      observed.observe(cpu, user / 1e6, { "cpu.mode": "user" });
      observed.observe(cpu, system / 1e6, { "cpu.mode": "system" });
      observed.observe(memory, process.memoryUsage.rss());
      observed.observe(files, openFiles());
      observed.observe(uptime, process.uptime());
    },
    [cpu, memory, files, uptime],
  );
}

/** Counts the descriptors, without the one that reads the list. */
function openFiles(): number {
  try {
    return readdirSync("/dev/fd").length - 1;
  } catch {
    return 0;
  }
}
