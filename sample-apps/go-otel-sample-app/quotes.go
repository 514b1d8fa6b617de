package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// quote is the part of a quote that goes into a stock answer.
type quote struct {
	Amount    float64 `json:"amount"`
	Currency  string  `json:"currency"`
	Formatted string  `json:"formatted"`
}

// quotes asks the quotes service for prices, behind a cache.
type quotes struct {
	base     string
	client   *http.Client
	limits   callLimits
	cache    *quoteCache
	requests metric.Int64Counter
	hit      metric.MeasurementOption
	miss     metric.MeasurementOption
}

func newQuotes(settings config, client *http.Client, cache *quoteCache, meter metric.Meter) *quotes {
	requests, _ := meter.Int64Counter("app.cache.requests",
		metric.WithUnit("{request}"), metric.WithDescription("Look-ups in the quote cache."))
	return &quotes{
		base:     settings.quotesURL,
		client:   client,
		limits:   newCallLimits(settings, meter),
		cache:    cache,
		requests: requests,
		hit:      metric.WithAttributeSet(attribute.NewSet(attribute.String("result", "hit"))),
		miss:     metric.WithAttributeSet(attribute.NewSet(attribute.String("result", "miss"))),
	}
}

// price answers the quote of a product, from the cache if it is fresh. The
// error is an upstreamError.
func (q *quotes) price(ctx context.Context, sku string) (quote, error) {
	if kept, found := q.cache.get(sku); found {
		q.requests.Add(ctx, 1, q.hit)
		return kept, nil
	}
	q.requests.Add(ctx, 1, q.miss)
	fresh, err := withRetries(ctx, q.limits, func(ctx context.Context) (quote, error) { return q.fetch(ctx, sku) })
	if err != nil {
		return quote{}, err
	}
	q.cache.put(sku, fresh)
	return fresh, nil
}

func (q *quotes) fetch(ctx context.Context, sku string) (quote, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, q.base+"/api/quotes/"+url.PathEscape(sku), nil)
	if err != nil {
		return quote{}, err
	}
	request.Header.Set("Accept", "application/json")
	response, err := q.client.Do(request)
	if err != nil {
		return quote{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return quote{}, err
	}
	if response.StatusCode != http.StatusOK {
		return quote{}, statusError(response.StatusCode)
	}
	var answer quote
	if err := json.Unmarshal(body, &answer); err != nil {
		return quote{}, err
	}
	return answer, nil
}
