package views

// ManagementURL is the first page of the management.
const ManagementURL = "/management/"
