-- Who may read and write: tokens and sessions, of which only hashes are kept.

-- What is kept of the admin's token says how it was made.
update setting set key = 'admin-token', value = 'sha256:' || value where key = 'admin-token-sha256';

create table read_token (
    id         uuid primary key,
    name       text not null,           -- whose it is
    hash       text not null unique,
    created_at timestamptz not null default now()
);

create table session (
    key           text primary key,     -- what the cookie holds, hashed
    via           text not null check (via in ('token', 'oidc')),
    role          text not null check (role in ('admin', 'reader')),
    name          text not null,
    read_token_id uuid references read_token (id) on delete cascade,
    created_at    timestamptz not null default now(),
    used_at       timestamptz not null default now()
);

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

-- Retention: what is deleted when it is old enough, and by whom.

-- Observations that were seen before that day (WIB) are deleted, and their bars final. Written by who holds the row.
alter table series add pruned_before date;

-- A kind of old rows, and when it is looked for again.
create table housekeeping (
    name          text primary key,
    due_at        timestamptz not null default now(),
    lease_until   timestamptz,
    lease_version bigint not null default 0
);

-- To delete a capture would read all observations: whoever deletes one looks by its time whether any came from it.
alter table observation drop constraint observation_capture_id_fkey;
