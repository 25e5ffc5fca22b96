#!/bin/bash
# Once, on an empty volume: the owner of the schema, and the application's role, which may change rows and no shapes.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_DB_PASSWORD" -v app="$APP_DB_PASSWORD" --username postgres <<'SQL'
CREATE ROLE cho40_owner LOGIN PASSWORD :'owner';
CREATE ROLE cho40_app LOGIN PASSWORD :'app' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE cho40 OWNER cho40_owner;
REVOKE ALL ON DATABASE cho40 FROM PUBLIC;
GRANT CONNECT ON DATABASE cho40 TO cho40_app;
SQL
psql -v ON_ERROR_STOP=1 --username postgres --dbname cho40 -c 'ALTER SCHEMA public OWNER TO cho40_owner'
