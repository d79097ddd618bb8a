-- as V3
-- and rows that Detak wrote with version 4 of the schema (access, corrections, housekeeping, source problems). Values are made up.
update setting set key = 'admin-token', value = 'sha256:' || value where key = 'admin-token-sha256';
insert into read_token (id, name, hash, created_at) values ('6f0c5a5e-54d2-4bb4-9d70-0f64a5a6f001', 'kiosk', '3c1f0e77a6', '2026-11-20 02:00:00+00');
insert into session (key, via, role, name, read_token_id, created_at, used_at) values ('9a4be1', 'token', 'reader', 'kiosk', '6f0c5a5e-54d2-4bb4-9d70-0f64a5a6f001', '2026-11-21 02:00:00+00', '2026-11-22 02:00:00+00');
insert into observation_superseded (indicator_id, observed_at, superseded_at, cause, note, superseded_by, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id) values (1, '2026-11-19 03:00:00+00', '2026-11-20 03:00:00+00', 'void', 'a misprint', 'admin', 92.35, NULL, NULL, NULL, 'unchecked', NULL, '2026-11-19', NULL);
insert into source_trouble (source, id, kind, reason, since, polls, told_at, remind_at) values ('kontan', '6f0c5a5e-54d2-4bb4-9d70-0f64a5a6f002', 'incomplete', 'Missing, though most strips before contained it: EMAS.', '2026-11-22 03:00:00+00', 12, '2026-11-22 03:05:00+00', '2026-11-23 03:05:00+00');
insert into housekeeping (name, due_at, lease_until, lease_version) values ('pages', '2026-11-26 00:00:00+00', NULL, 3);
