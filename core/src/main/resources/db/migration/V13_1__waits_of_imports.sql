-- Why an import under way waits for its identity provider, and until when; whichever server runs it.
alter table import_run add column waiting_reason varchar(2000);
alter table import_run add column waiting_until timestamp(6) with time zone;
