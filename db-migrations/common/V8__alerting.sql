-- Rules of alerts. The definition is the rule as JSON, as clients give it; the columns beside it are what lists are filtered by.
create table alert_rule (
    id         varchar(64)                 not null primary key,
    name       varchar(200)                not null,
    severity   varchar(20)                 not null,
    enabled    boolean                     not null,
    shipped    boolean                     not null,
    definition varchar(65536)              not null,
    version    bigint                      not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    constraint alert_rule_name unique (name)
);

-- One row for each episode of a rule and a subject. open_key names the two as long as the episode lasts and is null afterwards,
-- so that there is one open alert of both and no more. What people say of an alert (owner_*, resolved_by_*) is written by
-- requests only, everything else by the node that evaluates only; hand counts what people said. No foreign key: the past of
-- a rule outlives it.
create table alert (
    id              varchar(36)                 not null primary key,
    rule_id         varchar(64)                 not null,
    rule_name       varchar(200)                not null,
    severity        varchar(20)                 not null,
    state           varchar(20)                 not null,
    open_key        varchar(160),
    labels          varchar(16384)              not null,
    details         varchar(65536)              not null,
    opened_at       timestamp(6) with time zone not null,
    fired_at        timestamp(6) with time zone,
    closed_at       timestamp(6) with time zone,
    updated_at      timestamp(6) with time zone not null,
    hand            integer                     not null,
    owner           varchar(200),
    owner_comment   varchar(2000),
    owned_at        timestamp(6) with time zone,
    owned_until     timestamp(6) with time zone,
    resolved_by     varchar(200),
    resolve_comment varchar(2000),
    constraint alert_open unique (open_key)
);

create index alert_closed on alert (closed_at, id);

create index alert_of_rule on alert (rule_id, id);

-- What became of an alert, in the order of the ids; nothing is ever changed.
create table alert_event (
    id       varchar(36)                 not null primary key,
    alert_id varchar(36)                 not null,
    at       timestamp(6) with time zone not null,
    node     varchar(200)                not null,
    kind     varchar(20)                 not null,
    state    varchar(20)                 not null,
    channel  varchar(100),
    actor    varchar(200),
    reason   varchar(2000)               not null
);

create index alert_event_of on alert_event (alert_id, id);

create table silence (
    id         varchar(36)                 not null primary key,
    definition varchar(65536)              not null,
    starts_at  timestamp(6) with time zone not null,
    ends_at    timestamp(6) with time zone not null,
    version    bigint                      not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null
);

create index silence_ends on silence (ends_at);

create table inhibition (
    id         varchar(36)                 not null primary key,
    name       varchar(200)                not null,
    definition varchar(65536)              not null,
    version    bigint                      not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    constraint inhibition_name unique (name)
);
