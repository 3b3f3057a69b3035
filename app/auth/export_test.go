package auth

// Addresses counts the addresses that are remembered.
func (t *Throttle) Addresses() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.paid)
}
