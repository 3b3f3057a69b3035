package views

// SetupURL is the page of the management that shows how requests arrive.
const SetupURL = ManagementURL + "setup/"

// Setup is what the setup page shows.
type Setup struct {
	Caller   []NamedValue
	Warnings []string
	Public   string         // address that visitors use
	Findings []SetupFinding // empty: not looked yet
}

// NamedValue is a fact in two columns.
type NamedValue struct{ Name, Value string }

// SetupFinding is one thing that was looked at from outside.
type SetupFinding struct {
	What, Told string
	Good       bool
}
