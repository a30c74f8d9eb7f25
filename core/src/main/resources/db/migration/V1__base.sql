-- One SQL for H2 and PostgreSQL.

-- Ids of all entities; JPA takes fifty at a time.
create sequence keysmith_id start with 50 increment by 50;

-- The event queue; the table of db-scheduler, with its column names.
create table scheduled_tasks (
  task_name            varchar(100) not null,
  task_instance        varchar(100) not null,
  task_data            bytea,
  execution_time       timestamp(6) with time zone,
  picked               boolean not null,
  picked_by            varchar(100),
  last_success         timestamp(6) with time zone,
  last_failure         timestamp(6) with time zone,
  consecutive_failures int,
  last_heartbeat       timestamp(6) with time zone,
  version              bigint not null,
  priority             smallint,
  state                varchar(50),
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

-- Events that could not be delivered and wait for an operator.
create table parked_event (
  id        varchar(36) primary key,
  type      varchar(100) not null,
  payload   varchar(4000) not null,
  recorded  timestamp(6) with time zone not null,
  parked    timestamp(6) with time zone not null,
  attempts  int not null,
  reason    varchar(2000) not null
);
create index parked_event_parked on parked_event (parked);

create table audit_entry (
  id            bigint primary key,
  at            timestamp(6) with time zone not null,
  actor_kind    varchar(20) not null,
  actor_name    varchar(255) not null,
  action        varchar(100) not null,
  subject_type  varchar(50) not null,
  subject_id    varchar(255) not null,
  subject_label varchar(1000) not null,
  details       varchar(4000) not null
);
create index audit_entry_at on audit_entry (at, id);
create index audit_entry_subject on audit_entry (subject_type, subject_id, at);
create index audit_entry_actor on audit_entry (actor_name, at);
create index audit_entry_action on audit_entry (action, at);

-- A known text sealed under the master key: tells at start whether the key is the right one.
create table master_key_check (
  id     int primary key,
  sealed varchar(1000) not null
);
