-- The language of a channel's messages.
alter table channel add column language text not null default 'en' check (language in ('en', 'id'));
