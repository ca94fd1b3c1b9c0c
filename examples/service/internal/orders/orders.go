// Package orders is the domain: orders that are placed, read and cancelled.
package orders

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Status says where an order is in its life.
type Status string

// The statuses of an order.
const (
	Placed    Status = "placed"
	Cancelled Status = "cancelled"
)

// Order is one order.
type Order struct {
	ID        string    `json:"id"`
	Item      string    `json:"item"`
	Quantity  int       `json:"quantity"`
	Status    Status    `json:"status"`
	CreatedAt time.Time `json:"createdAt"`
}

// Draft is an order that is not placed yet.
type Draft struct {
	Item     string `json:"item"`
	Quantity int    `json:"quantity"`
}

// What the store refuses.
var (
	ErrInvalid   = errors.New("invalid order")
	ErrNotFound  = errors.New("no such order")
	ErrCancelled = errors.New("order is cancelled already")
	ErrFull      = errors.New("no room for more orders")
	ErrKeyReused = errors.New("idempotency key was used for another order")
)

const maxQuantity = 10_000

func (d Draft) validate() error {
	switch {
	case strings.TrimSpace(d.Item) == "":
		return fmt.Errorf("%w: item is empty", ErrInvalid)
	case len(d.Item) > 200:
		return fmt.Errorf("%w: item is longer than 200 bytes", ErrInvalid)
	case d.Quantity < 1 || d.Quantity > maxQuantity:
		return fmt.Errorf("%w: quantity must be between 1 and %d", ErrInvalid, maxQuantity)
	}
	return nil
}

// Store keeps orders in memory. It is safe for concurrent use.
type Store struct {
	max int
	now func() time.Time

	mu    sync.RWMutex
	list  []*Order // in the order of their placement
	byID  map[string]*Order
	byKey map[string]*Order
}

// NewStore returns an empty store for at most max orders.
func NewStore(max int) *Store {
	return &Store{
		max:   max,
		now:   time.Now,
		byID:  make(map[string]*Order),
		byKey: make(map[string]*Order),
	}
}

// Place adds an order. A key that is not empty makes the call idempotent: the
// same draft with the same key yields the same order, and created is false.
func (s *Store) Place(d Draft, key string) (o Order, created bool, err error) {
	if err := d.validate(); err != nil {
		return Order{}, false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if key != "" {
		if old, ok := s.byKey[key]; ok {
			if old.Item != d.Item || old.Quantity != d.Quantity {
				return Order{}, false, ErrKeyReused
			}
			return *old, false, nil
		}
	}
	if len(s.list) >= s.max {
		return Order{}, false, ErrFull
	}
	id, err := newID()
	if err != nil {
		return Order{}, false, err
	}
	placed := &Order{ID: id, Item: d.Item, Quantity: d.Quantity, Status: Placed, CreatedAt: s.now().UTC()}
	s.list = append(s.list, placed)
	s.byID[id] = placed
	if key != "" {
		s.byKey[key] = placed
	}
	return *placed, true, nil
}

// Get returns one order.
func (s *Store) Get(id string) (Order, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	o, ok := s.byID[id]
	if !ok {
		return Order{}, ErrNotFound
	}
	return *o, nil
}

// Latest returns at most limit orders, the newest first.
func (s *Store) Latest(limit int) []Order {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]Order, 0, min(limit, len(s.list)))
	for i := len(s.list) - 1; i >= 0 && len(out) < limit; i-- {
		out = append(out, *s.list[i])
	}
	return out
}

// Cancel cancels a placed order.
func (s *Store) Cancel(id string) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.byID[id]
	if !ok {
		return Order{}, ErrNotFound
	}
	if o.Status == Cancelled {
		return *o, ErrCancelled
	}
	o.Status = Cancelled
	return *o, nil
}

// Check says whether the store takes new orders.
func (s *Store) Check() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.list) >= s.max {
		return ErrFull
	}
	return nil
}

func newID() (string, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("order id: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}
