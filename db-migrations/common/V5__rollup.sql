-- What was observed of a series, by node, in an interval that begins at start_minute (minutes since 1970-01-01T00:00:00Z).
-- Tiers: 0 is a minute, 1 five minutes, 2 an hour, 3 a day. Durations have their figures in nanoseconds, samples theirs as
-- values. The sketch is an encoded DDSketch without its mapping: linearly interpolated, 64 buckets to a power of two, offset 0.
-- The key serves a series over time; the columns stand by falling width.
create table rollup (
    count        bigint   not null,
    errors       bigint   not null,
    sum_nanos    bigint,
    min_nanos    bigint,
    max_nanos    bigint,
    value_sum    double precision,
    value_min    double precision,
    value_max    double precision,
    series       integer  not null,
    start_minute integer  not null,
    tier         smallint not null,
    node         smallint not null,
    sketch       bytea    not null,
    constraint rollup_key primary key (tier, series, start_minute, node)
);

-- What is still to be added to the row of that tier, and afterwards to those above it. Has no key: parts are added up, and who
-- takes one deletes it.
create table rollup_part (
    count        bigint   not null,
    errors       bigint   not null,
    sum_nanos    bigint,
    min_nanos    bigint,
    max_nanos    bigint,
    value_sum    double precision,
    value_min    double precision,
    value_max    double precision,
    series       integer  not null,
    start_minute integer  not null,
    tier         smallint not null,
    node         smallint not null,
    sketch       bytea    not null
);

create index rollup_part_due on rollup_part (tier, start_minute);
