-- H2 does not read an index backwards.
create index audit_newest on audit (started_at desc, id desc);
