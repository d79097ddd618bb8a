-- from V8
update channel set language = 'en' where name = 'bad';
