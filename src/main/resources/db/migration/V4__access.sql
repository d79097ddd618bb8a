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
