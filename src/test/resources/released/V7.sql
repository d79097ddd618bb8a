-- from V6
update source set served_at = '2026-11-25 03:00:00+00';
update capture set strip_clock = '10:00' where id = 'd1541b80-de69-8644-8db2-82553e5942e3';
update source_trouble set kind_since = '2026-11-25 02:30:00+00', rounds = 2, good_polls = 1, told_kind = 'incomplete', acknowledged_at = '2026-11-25 03:05:00+00', acknowledged_by = 'admin';
update channel set source_messages = false where name = 'bad';
insert into mute (subject, until) values ('source:kontan', '2026-11-26 00:00:00+00');
