-- Indicators that the admin manages, and the numbers of sources that do not lead.

alter table indicator add hidden boolean not null default false; -- left out of lists; its series continues
alter table indicator add named boolean not null default false;  -- the admin chose its names: indicators.csv does not change them
alter table indicator add source text;                           -- the source whose polls make its series; null: not polled yet

-- Labels that are not the code of an indicator: former codes, those of merged indicators, and refused ones.
create table indicator_label (
    label        text primary key,                      -- upper case
    indicator_id integer references indicator (id)      -- null: refused, since its indicator was deleted
);

-- What a source showed that does not lead. In no series, bar or rule.
create table other_observation (
    indicator_id   integer not null,
    source         text not null,
    observed_at    timestamptz not null,
    value          numeric,
    change         numeric,
    change_percent numeric,
    previous_close numeric,
    quality        text not null check (quality in ('ok', 'unchecked', 'suspect')),
    reason         text,
    trading_day    date not null,
    capture_id     uuid not null,
    primary key (indicator_id, observed_at, source)
);

-- What the admin changed.
create table audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    actor   text not null,
    action  text not null,
    subject text not null,
    detail  text not null
);
