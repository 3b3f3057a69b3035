package views

// The components are compiled to Go and committed.
//go:generate go tool templ generate
