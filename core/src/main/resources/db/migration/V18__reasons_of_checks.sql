-- The kind of failure of the last check, by which people read it in their language.
alter table integration add column check_reason varchar(32);
