#!/bin/sh
# Creates the role that web and worker connect as, or changes its password. The image of PostgreSQL runs this in a new database.
# In an existing one, and after a change of secrets/db_secret:
#
#   docker compose exec db sh /docker-entrypoint-initdb.d/role.sh
#
# bibxml migrate grants the role what it needs.
set -eu
if [ "$APP_USER" = "$POSTGRES_USER" ]; then
	echo "DB_USER is the owner of the tables: there is no other role to create"
	exit 0
fi
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set role="$APP_USER" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\set secret `cat /run/secrets/db_secret`
SELECT format('CREATE ROLE %I LOGIN', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" PASSWORD :'secret';
SQL
