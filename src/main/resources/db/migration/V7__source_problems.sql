-- Problems of sources that come and go, the strip's own clock, and where messages about sources go.

-- When a source last brought a strip: a source that did is polled again before a Retry-After of hours is over.
alter table source add column served_at timestamptz;
update source set served_at = (select max(c.observed_at) from capture c
                               where c.source = source.name and c.via = 'poll' and c.outcome in ('ok', 'unchanged'));

-- The time that the strip itself shows (HH:mm, WIB); null: none.
alter table capture add column strip_clock text;

-- A problem stays for a day after its end: one that comes back is the same problem.
alter table source_trouble
    drop constraint source_trouble_kind_check,
    add constraint source_trouble_kind_check check (kind in ('unreachable', 'no-strip', 'incomplete', 'stale')),
    add column kind_since timestamptz,
    add column rounds integer not null default 1,       -- how often it came back, the first time included
    add column good_polls integer not null default 0,   -- good polls since the last bad one
    add column ended_at timestamptz,
    add column told_kind text,                          -- the kind that was reported last
    add column acknowledged_at timestamptz,
    add column acknowledged_by text;
update source_trouble set kind_since = since, told_kind = case when told_at is not null then kind end;
alter table source_trouble alter column kind_since set not null;

-- Channels that take messages about sources.
alter table channel add column source_messages boolean not null default true;

-- The source that a message is about.
alter table notification add column source text;

-- Messages wait until then: all of them ('*'), or those about a source ('source:kontan').
create table mute (
    subject text primary key,
    until   timestamptz not null
);
