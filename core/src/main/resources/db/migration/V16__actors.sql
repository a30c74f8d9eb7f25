-- Actors are told apart by kind and id; entries of before have names alone.
alter table audit_entry add column actor_id varchar(64) default '' not null;
alter table import_run add column requested_by_id varchar(64) default '' not null;
alter table assignment_run add column requested_by_id varchar(64) default '' not null;
alter table workflow_application add column requested_by_id varchar(64) default '' not null;
create index audit_entry_actor_id on audit_entry (actor_kind, actor_id, at, id);
