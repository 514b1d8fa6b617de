package main

import (
	"encoding/json"
	"net/http"
	"strconv"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
)

// writeJSON answers with a body that is complete before the status is sent.
func writeJSON(w http.ResponseWriter, status int, body any) {
	encoded, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(encoded)))
	w.WriteHeader(status)
	_, _ = w.Write(encoded)
}

// writeProblem answers with an error; those of the server get error.type on
// the metrics too.
func writeProblem(w http.ResponseWriter, r *http.Request, status int, message string) {
	if labeler, found := otelhttp.LabelerFromContext(r.Context()); found && status >= 500 {
		labeler.Add(attribute.String("error.type", strconv.Itoa(status)))
	}
	writeJSON(w, status, map[string]any{"error": message, "status": status})
}
