// Package migrations holds the schema of the database, as steps up and down in SQL. Running them is
// left to db.Migrate; the tables of the queue are made by River's own migrations.
package migrations

import (
	"embed"

	"github.com/uptrace/bun/migrate"
)

//go:embed *.sql
var files embed.FS

// All gives the migrations in their order.
func All() (*migrate.Migrations, error) {
	all := migrate.NewMigrations()
	if err := all.Discover(files); err != nil {
		return nil, err
	}
	return all, nil
}
