-- Numbers that no longer count, and stay readable: voided by a hand, or read otherwise by a mended parser. Few, and apart from
-- those that count, so that nothing that reads these has to pass them over.
create table observation_superseded (
    indicator_id   integer not null,
    observed_at    timestamptz not null,
    superseded_at  timestamptz not null,
    cause          text not null check (cause in ('void', 'reparse')),
    note           text,                -- of a void: why
    superseded_by  text,                -- of a void: who
    value          numeric,
    change         numeric,
    change_percent numeric,
    previous_close numeric,
    quality        text not null,
    reason         text,
    trading_day    date not null,
    capture_id     uuid,
    primary key (indicator_id, observed_at, superseded_at)
);
-- whether a series has any is asked often; a reparse may leave many of the other kind
create index observation_voided on observation_superseded (indicator_id, observed_at) where cause = 'void';

-- reparse reads all captures in the order of time
create index capture_by_time on capture (observed_at, id);

-- What is wrong with a source, from the first bad poll to the next good one. Written in the transaction that keeps the poll.
create table source_trouble (
    source    text primary key,
    id        uuid not null,            -- of this trouble: messages about it belong together by it
    kind      text not null check (kind in ('unreachable', 'no-strip', 'incomplete')),
    reason    text not null,
    since     timestamptz not null,     -- the first bad poll
    polls     integer not null,         -- bad ones in a row
    told_at   timestamptz,              -- null: nobody was told yet
    remind_at timestamptz
);
