package main

import (
	"net/http"
	"strings"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
)

// newHandler joins the routes with tracing and recovery. The two probes go
// past both.
func newHandler(api *stockAPI, meter metric.Meter) http.Handler {
	routes := http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"GET /{$}":                api.index,
		"GET /api":                api.overview,
		"GET /api/stock/{sku}":    api.stock,
		"POST /api/stock/reserve": api.reserve,
	} {
		routes.HandleFunc(pattern, named(pattern, handle))
	}
	routes.HandleFunc("/", notFound)
	observed := otelhttp.NewHandler(countActive(recovered(routes), meter), "server")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/health", "/ready":
			writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
		default:
			observed.ServeHTTP(w, r)
		}
	})
}

// named puts http.route on the span; otelhttp itself only puts it into the
// span's name and the metrics.
func named(pattern string, handle http.HandlerFunc) http.HandlerFunc {
	pattern = strings.TrimSuffix(pattern, "{$}")
	_, route, _ := strings.Cut(pattern, " ")
	return func(w http.ResponseWriter, r *http.Request) {
		r.Pattern = pattern
		trace.SpanFromContext(r.Context()).SetAttributes(attribute.String("http.route", route))
		handle(w, r)
	}
}

// notFound answers an unknown path, which has no route.
func notFound(w http.ResponseWriter, r *http.Request) {
	r.Pattern = ""
	writeProblem(w, r, http.StatusNotFound, "no such page")
}

// countActive exports the requests that are being answered right now.
func countActive(next http.Handler, meter metric.Meter) http.Handler {
	active, _ := meter.Int64UpDownCounter("http.server.active_requests",
		metric.WithUnit("{request}"), metric.WithDescription("Number of active HTTP server requests."))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		attributes := metric.WithAttributes(
			attribute.String("http.request.method", r.Method), attribute.String("url.scheme", "http"))
		active.Add(r.Context(), 1, attributes)
		defer active.Add(r.Context(), -1, attributes)
		next.ServeHTTP(w, r)
	})
}
