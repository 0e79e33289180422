-- The product's role and database. Run by install.sh as PostgreSQL's own superuser; safe to repeat.
-- The role has no password: it comes in by the local socket, as the system's user of its name
-- (Debian's pg_hba.conf: "local all all peer"). By network, with SCRAM, nobody can be it.
SELECT 'CREATE ROLE triage LOGIN'
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'triage') \gexec
ALTER ROLE triage LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- A statement that fails must not be written into the server's log with what is in it: names of
-- children among others. "terse" leaves out the line that quotes the row.
ALTER ROLE triage SET log_min_error_statement = 'panic';
ALTER ROLE triage SET log_error_verbosity = 'terse';
ALTER ROLE triage SET log_parameter_max_length_on_error = 0;
ALTER ROLE triage SET log_min_duration_statement = -1;

SELECT 'CREATE DATABASE triage OWNER triage ENCODING ''UTF8'' LOCALE ''C.UTF-8'' TEMPLATE template0'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'triage') \gexec
REVOKE ALL ON DATABASE triage FROM PUBLIC;
