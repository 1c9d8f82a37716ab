-- One row for each audited observation. Sizes are -1 where they are not known; error type and principal are terms, 0 is none.
create table audit (
    started_at     timestamp(6) with time zone not null,
    id             bigint                      not null,
    duration_nanos bigint                      not null,
    trace_id_high  bigint                      not null,
    trace_id_low   bigint                      not null,
    request_bytes  bigint                      not null,
    response_bytes bigint                      not null,
    series         integer                     not null,
    error_type     integer                     not null,
    principal      integer                     not null,
    node           smallint                    not null,
    status         smallint                    not null,
    constraint audit_key primary key (started_at, id)
);

insert into audit
select a.started_at, a.id, a.duration_nanos, a.trace_id_high, a.trace_id_low,
    coalesce(a.request_bytes, -1), coalesce(a.response_bytes, -1), s.number,
    coalesce(e.number, 0), coalesce(p.number, 0), a.node, a.status
from audit_v3 a
join series_v3 o on o.id = a.series_id
join series s on s.kind = o.kind and s.attribute_1 = o.attribute_1 and s.attribute_2 = o.attribute_2
left join term e on e.text = a.error_type
left join term p on p.text = a.principal;

drop table audit_v3;
drop table series_v3;

create index audit_trace on audit (trace_id_low);
create index audit_series on audit (series, started_at, id);
-- H2 does not read an index backwards.
create index audit_newest on audit (started_at desc, id desc);
