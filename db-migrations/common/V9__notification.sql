-- Where messages about alerts go. What a type of channel has besides is a JSON object in settings. The channel "log" is always
-- there and has no row.
create table channel (
    id             varchar(36)                 not null,
    name           varchar(64)                 not null,
    type           varchar(20)                 not null,
    settings       varchar(16000)              not null,
    credential_ref varchar(200),
    version        bigint                      not null,
    created_at     timestamp(6) with time zone not null,
    updated_at     timestamp(6) with time zone not null,
    constraint channel_pk primary key (id),
    constraint channel_name unique (name)
);

-- The outbox: what is to be told of one alert on one channel, written in the transaction that decides it. Names a channel and
-- an alert without foreign keys: what waits outlives both.
create table notification (
    id         varchar(36)                 not null,
    alert_id   varchar(36)                 not null,
    channel    varchar(64)                 not null,
    occasion   varchar(20)                 not null,
    group_key  varchar(400)                not null,
    made_at    timestamp(6) with time zone not null,
    reason     varchar(400)                not null,
    content    varchar(32000)              not null,
    state      varchar(10)                 not null,
    message    varchar(36),
    settled_at timestamp(6) with time zone,
    constraint notification_pk primary key (id)
);

create index notification_state on notification (state, channel);
create index notification_alert on notification (alert_id);
create index notification_made on notification (made_at);
create index notification_of_message on notification (message);

-- One message to one channel: the notifications that name it. Its id is the receiver's idempotency key, the same for each attempt.
create table notification_message (
    id         varchar(36)                 not null,
    channel    varchar(64)                 not null,
    group_key  varchar(400)                not null,
    state      varchar(10)                 not null,
    attempts   integer                     not null,
    since_at   timestamp(6) with time zone not null,
    next_at    timestamp(6) with time zone not null,
    settled_at timestamp(6) with time zone,
    constraint notification_message_pk primary key (id)
);

create index notification_message_state on notification_message (state);
create index notification_message_settled on notification_message (settled_at);

-- Each attempt to send a message, written before and after.
create table notification_attempt (
    message  varchar(36)                 not null,
    number   integer                     not null,
    node     varchar(200)                not null,
    began_at timestamp(6) with time zone not null,
    ended_at timestamp(6) with time zone,
    result   varchar(10)                 not null,
    detail   varchar(400)                not null,
    constraint notification_attempt_pk primary key (message, number)
);
