-- Work on many users that was given up, and why.
alter table assignment_run add column failure varchar(2000);
alter table workflow_application add column failure varchar(2000);

-- A workflow decides about nothing that happened before this moment.
alter table workflow add column decides_since timestamp(6) with time zone;
update workflow set decides_since = created;
alter table workflow alter column decides_since set not null;
