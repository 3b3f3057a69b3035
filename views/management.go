package views

// ManagementURL is the first page of the management.
const ManagementURL = "/management/"

// Management is the first page of the management.
type Management struct {
	Sources []Dataset // in the order of the first page, then the archive
}
