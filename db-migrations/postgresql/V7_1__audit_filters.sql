-- Filters that take few rows of many. Each index holds only the rows that can be meant, so that the others cost nothing on the
-- way in: a principal where there is one, errors, HTTP status from 400, and what took half a second or longer.
create index audit_principal on audit (principal, started_at, id) where principal <> 0;
create index audit_error on audit (error_type, started_at, id) where error_type <> 0;
create index audit_status on audit (status, started_at, id) where status >= 400;
create index audit_slow on audit (started_at, id) where duration_nanos >= 500000000;

-- Trace ids are random: a hash index takes them in with less work than a tree, and they are only ever looked up.
drop index audit_trace;
create index audit_trace on audit using hash (trace_id_low);
