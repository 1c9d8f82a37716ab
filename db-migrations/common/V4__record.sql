-- Texts that rows carry as a number: error types and principals. 0 stands for none.
create table term (
    number integer      not null,
    text   varchar(200) not null,
    constraint term_number primary key (number),
    constraint term_text unique (text)
);

insert into term (number, text)
select row_number() over (order by known.text), known.text
from (
    select error_type as text from audit where error_type is not null
    union
    select principal from audit where principal is not null
) known;

-- Series under small numbers: a row of the record carries one.
alter table series rename to series_v3;
alter table series_v3 rename constraint series_identity to series_v3_identity;

create table series (
    number      integer      not null,
    kind        varchar(16)  not null,
    name        varchar(450) not null,
    attribute_1 varchar(200) not null,
    attribute_2 varchar(200) not null,
    constraint series_number primary key (number),
    constraint series_identity unique (kind, attribute_1, attribute_2)
);

insert into series (number, kind, name, attribute_1, attribute_2)
select row_number() over (order by id), kind, name, attribute_1, attribute_2 from series_v3;

-- The new table of rows follows for each database apart.
drop index audit_trace;
drop index audit_series;
alter table audit rename to audit_v3;
alter table audit_v3 rename constraint audit_key to audit_v3_key;

-- How far each run of a node's journal is committed: every record of the run below the position is in the database.
create table audit_journal (
    run        bigint                      not null,
    node       integer                     not null,
    position   bigint                      not null,
    updated_at timestamp(6) with time zone not null,
    constraint audit_journal_run primary key (run)
);

-- Observations that have no row, and why: a node's in a minute.
create table audit_omission (
    minute_at timestamp(6) with time zone not null,
    node      integer                     not null,
    reason    varchar(16)                 not null,
    count     bigint                      not null,
    constraint audit_omission_key primary key (minute_at, node, reason)
);

-- Who does what only one node may do; the clock is the database's.
create table lease (
    name       varchar(100)                not null,
    owner      varchar(100)                not null,
    expires_at timestamp(6) with time zone not null,
    constraint lease_name primary key (name)
);
