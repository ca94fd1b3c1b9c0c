package orders

import (
	"errors"
	"strings"
	"sync"
	"testing"
)

func TestPlaceValidates(t *testing.T) {
	s := NewStore(10)
	for _, d := range []Draft{
		{Item: "", Quantity: 1},
		{Item: "  ", Quantity: 1},
		{Item: strings.Repeat("x", 201), Quantity: 1},
		{Item: "bolt", Quantity: 0},
		{Item: "bolt", Quantity: maxQuantity + 1},
	} {
		if _, _, err := s.Place(d, ""); !errors.Is(err, ErrInvalid) {
			t.Errorf("Place(%+v): %v, want ErrInvalid", d, err)
		}
	}
}

func TestLife(t *testing.T) {
	s := NewStore(2)
	a, created, err := s.Place(Draft{"bolt", 3}, "")
	if err != nil || !created {
		t.Fatal(created, err)
	}
	b, _, err := s.Place(Draft{"nut", 4}, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Place(Draft{"washer", 5}, ""); !errors.Is(err, ErrFull) {
		t.Errorf("third order: %v, want ErrFull", err)
	}
	if err := s.Check(); !errors.Is(err, ErrFull) {
		t.Errorf("Check: %v, want ErrFull", err)
	}
	if got := s.Latest(10); len(got) != 2 || got[0].ID != b.ID || got[1].ID != a.ID {
		t.Errorf("Latest: %+v", got)
	}
	if got := s.Latest(1); len(got) != 1 {
		t.Errorf("Latest(1): %+v", got)
	}
	if o, err := s.Cancel(a.ID); err != nil || o.Status != Cancelled {
		t.Errorf("Cancel: %+v %v", o, err)
	}
	if _, err := s.Cancel(a.ID); !errors.Is(err, ErrCancelled) {
		t.Errorf("second Cancel: %v", err)
	}
	if _, err := s.Get("nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get: %v", err)
	}
}

func TestPlaceIsIdempotent(t *testing.T) {
	s := NewStore(10)
	const workers = 8
	ids := make([]string, workers)
	var wg sync.WaitGroup
	for i := range ids {
		i := i
		wg.Add(1)
		go func() {
			defer wg.Done()
			o, _, err := s.Place(Draft{"bolt", 3}, "key")
			if err != nil {
				t.Error(err)
			}
			ids[i] = o.ID
		}()
	}
	wg.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("one key, several orders: %v", ids)
		}
	}
	if _, _, err := s.Place(Draft{"nut", 3}, "key"); !errors.Is(err, ErrKeyReused) {
		t.Errorf("other draft, same key: %v", err)
	}
}
