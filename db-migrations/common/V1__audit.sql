-- The running copies that ever wrote here. Numbers are never reused: a row keeps its node's name for good.
create table node (
    number        integer                     not null primary key,
    name          varchar(200)                not null,
    registered_at timestamp(6) with time zone not null,
    constraint node_name unique (name)
);

-- The text of each series once; a row of the audit log carries its number. An attribute that a kind does not have is ''.
create table series (
    id          bigint       not null primary key,
    kind        varchar(16)  not null,
    name        varchar(450) not null,
    attribute_1 varchar(200) not null,
    attribute_2 varchar(200) not null,
    constraint series_identity unique (kind, attribute_1, attribute_2)
);

-- One row for each audited observation. No foreign keys: they would be checked for each row, and the writer is the only
-- one who inserts. The key begins with the time, so that it serves the newest-first listing and lets days be partitions.
create table audit (
    started_at     timestamp(6) with time zone not null,
    id             bigint                      not null,
    duration_nanos bigint                      not null,
    trace_id_high  bigint                      not null,
    trace_id_low   bigint                      not null,
    series_id      bigint                      not null,
    request_bytes  bigint,
    response_bytes bigint,
    node           integer                     not null,
    status         smallint                    not null,
    error_type     varchar(200),
    principal      varchar(200),
    constraint audit_key primary key (started_at, id)
);

create index audit_trace on audit (trace_id_low);
create index audit_series on audit (series_id, started_at, id);
