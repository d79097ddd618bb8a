-- Alerts: rules, where each stands, what became of them, and what is told where.

-- The version before the last writer's: by it a process knows whether what it remembers of a series is all there is.
alter table series add previous bigint not null default 0;

create table rule (
    id         uuid primary key,
    definition text not null,           -- JSON
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

-- Where a rule stands with an indicator. Written by who holds the indicator's row in series.
create table rule_state (
    indicator_id  integer not null,
    rule_id       uuid not null references rule (id) on delete cascade,
    state         text not null check (state in ('noData', 'ok', 'pending', 'firing', 'resolved')),
    since         timestamptz,
    seen          integer not null,     -- observations in a row that met the condition, while pending
    trading_day   date,                 -- of a rule about a day
    cool_until    timestamptz,
    alert_id      uuid,
    worst_value   numeric,
    worst_percent numeric,
    worst_at      timestamptz,
    primary key (indicator_id, rule_id)
);

-- One firing of a rule, from firing to resolved. It outlives its rule, so it holds what the rule was.
create table alert (
    id             uuid primary key,
    rule_id        uuid not null,
    indicator_id   integer not null,
    state          text not null check (state in ('firing', 'resolved')),
    severity       text not null,
    definition     text not null,       -- JSON of the rule as it fired
    fired_at       timestamptz not null,
    trading_day    date not null,
    value          numeric,
    change_percent numeric,
    reference      numeric,
    reference_at   timestamptz,
    capture_id     uuid,
    worst_value    numeric,
    worst_percent  numeric,
    worst_at       timestamptz,
    resolved_at    timestamptz,
    resolved_value numeric,
    resolved_cause text,
    resolved_capture_id uuid,
    remind_at      timestamptz,
    recorded_at    timestamptz not null default now()
);
create index alert_by_time on alert (fired_at, id);
create index alert_firing on alert (rule_id) where state = 'firing';
create index alert_to_remind on alert (remind_at) where remind_at is not null;

-- Each step of a rule from one state to another, with what decided it.
create table rule_transition (
    id             bigint generated always as identity primary key,
    rule_id        uuid not null,
    indicator_id   integer not null,
    from_state     text not null,
    to_state       text not null,
    cause          text not null,
    at             timestamptz not null,
    alert_id       uuid,
    value          numeric,
    change_percent numeric,
    reference      numeric,
    reference_at   timestamptz,
    capture_id     uuid,
    recorded_at    timestamptz not null default now()
);
create index rule_transition_by_rule on rule_transition (rule_id, id desc);
create index rule_transition_by_alert on rule_transition (alert_id) where alert_id is not null;

-- Where messages go.
create table channel (
    id         uuid primary key,
    name       text not null,
    type       text not null,
    target     text not null,           -- what may be shown of where it leads
    sealed     bytea not null,          -- its settings, encrypted
    enabled    boolean not null default true,
    created_at timestamptz not null default now()
);

-- Messages that keep their order: of a channel that people read, or of one rule to a webhook. Claimed as a whole.
create table lane (
    key            text primary key,
    channel_id     uuid not null references channel (id) on delete cascade,
    due_at         timestamptz,         -- null: nothing waits
    not_before     timestamptz,         -- after a failure
    last_firing_at timestamptz,         -- what fires within a minute goes out together
    lease_until    timestamptz,
    lease_version  bigint not null default 0
);

-- A message to a channel. It is claimed by its state, never by "id greater than the last": what commits late is not lost.
create table notification (
    id             uuid primary key,    -- the key that makes a repeat visible
    seq            bigint generated always as identity,
    lane           text not null,
    channel_id     uuid not null,       -- no foreign key: what was told stays readable
    channel_name   text not null,
    rule_id        uuid,                -- null: a test
    alert_id       uuid,
    event          text not null check (event in ('firing', 'resolved', 'reminder', 'test')),
    message        text not null,       -- JSON
    state          text not null check (state in ('waiting', 'delivered', 'failed', 'skipped')),
    not_before     timestamptz not null default now(),
    tries          integer not null default 0,
    first_tried_at timestamptz,
    last_tried_at  timestamptz,
    reason         text,                -- why it failed last, or was skipped
    created_at     timestamptz not null default now(),
    delivered_at   timestamptz
);
create index notification_waiting on notification (lane, seq) where state = 'waiting';
create index notification_by_channel on notification (channel_id, seq desc);
create index notification_by_alert on notification (alert_id);

-- Messages of a rule wait until then.
create table snooze (
    rule_id uuid primary key,
    until   timestamptz not null
);
