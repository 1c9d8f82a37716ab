-- Settings that were changed while the application ran; a null value is the default again. The revision is the number of the
-- change that made it so.
create table setting (
    name          varchar(100)                not null primary key,
    setting_value double precision,
    revision      bigint                      not null,
    changed_at    timestamp(6) with time zone not null,
    changed_by    varchar(400)
);

-- Every change. Numbered without gaps: of two transactions that change settings at once, one finds its number taken.
create table setting_change (
    revision   bigint                      not null primary key,
    name       varchar(100)                not null,
    old_value  double precision,
    new_value  double precision,
    changed_at timestamp(6) with time zone not null,
    changed_by varchar(400),
    node       varchar(200)                not null,
    remark     varchar(400)
);
