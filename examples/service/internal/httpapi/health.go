package httpapi

import (
	"context"
	"sync"
)

// Check returns nil when what it looks at is well.
type Check func(context.Context) error

// Health is a set of named checks. Its zero value has none, and is well.
type Health struct {
	mu     sync.RWMutex
	checks map[string]Check
}

// Set adds a check, or replaces the one of the same name.
func (h *Health) Set(name string, c Check) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.checks == nil {
		h.checks = make(map[string]Check)
	}
	h.checks[name] = c
}

// Report runs every check: "ok" or the error for each, and whether all hold.
func (h *Health) Report(ctx context.Context) (results map[string]string, ok bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	results, ok = make(map[string]string, len(h.checks)), true
	for name, check := range h.checks {
		results[name] = "ok"
		if err := check(ctx); err != nil {
			results[name], ok = err.Error(), false
		}
	}
	return results, ok
}
