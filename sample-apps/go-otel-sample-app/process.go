package main

import (
	"context"
	"os"
	"runtime/metrics"
	"syscall"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// startedAt is the start of the process as far as it can see.
var startedAt = time.Now()

// startProcessMetrics exports what the runtime instrumentation leaves out:
// CPU, memory and open files of the process and the time lost at mutexes.
func startProcessMetrics(meter metric.Meter) error {
	cpu, err := meter.Float64ObservableCounter("process.cpu.time", metric.WithUnit("s"),
		metric.WithDescription("Total CPU seconds broken down by different CPU modes."))
	if err != nil {
		return err
	}
	memory, err := meter.Int64ObservableUpDownCounter("process.memory.usage", metric.WithUnit("By"),
		metric.WithDescription("The amount of physical memory in use."))
	if err != nil {
		return err
	}
	files, err := meter.Int64ObservableUpDownCounter("process.unix.file_descriptor.count", metric.WithUnit("{file_descriptor}"),
		metric.WithDescription("Number of unix file descriptors in use by the process."))
	if err != nil {
		return err
	}
	uptime, err := meter.Float64ObservableGauge("process.uptime", metric.WithUnit("s"),
		metric.WithDescription("The time the process has been running."))
	if err != nil {
		return err
	}
	waits, err := meter.Float64ObservableCounter("app.mutex.wait_time", metric.WithUnit("s"),
		metric.WithDescription("Time goroutines have spent blocked on a mutex."))
	if err != nil {
		return err
	}
	user := metric.WithAttributes(attribute.String("cpu.mode", "user"))
	system := metric.WithAttributes(attribute.String("cpu.mode", "system"))
	_, err = meter.RegisterCallback(func(_ context.Context, observer metric.Observer) error {
		usage := readUsage()
		observer.ObserveFloat64(cpu, seconds(usage.Utime), user)
		observer.ObserveFloat64(cpu, seconds(usage.Stime), system)
		observer.ObserveInt64(memory, residentBytes(usage))
		observer.ObserveInt64(files, openFiles())
		observer.ObserveFloat64(uptime, time.Since(startedAt).Seconds())
		observer.ObserveFloat64(waits, mutexWait())
		return nil
	}, cpu, memory, files, uptime, waits)
	return err
}

func readUsage() syscall.Rusage {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage
}

func seconds(value syscall.Timeval) float64 {
	return time.Duration(value.Nano()).Seconds()
}

// openFiles counts the descriptors, without the one that reads the list.
func openFiles() int64 {
	entries, err := os.ReadDir("/dev/fd")
	if err != nil {
		return 0
	}
	return int64(len(entries) - 1)
}

// mutexWait is the time all goroutines together have waited for a mutex, in seconds.
func mutexWait() float64 {
	sample := []metrics.Sample{{Name: "/sync/mutex/wait/total:seconds"}}
	metrics.Read(sample)
	return sample[0].Value.Float64()
}
