// Package views holds the pages: components of HTML, the models that they take, and the addresses
// that they lead to. It knows identifiers, records and documents, and turns them into models; requests,
// the database and the choice of a status are left to the web layer.
package views
