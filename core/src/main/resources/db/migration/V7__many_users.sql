-- Work that walks through many users in steps, and where it stands.

create table assignment_run (
  id bigint primary key,
  version integer not null,
  state varchar(16) not null,
  requested_by_kind varchar(20) not null,
  requested_by_name varchar(255) not null,
  requested timestamp(6) with time zone not null,
  ended timestamp(6) with time zone,
  position bigint not null,
  total bigint not null,
  assigned integer not null,
  skipped integer not null,
  -- a JSON object; users who are chosen by their ids are in assignment_run_user
  filters varchar(4000) not null
);
create index assignment_run_requested on assignment_run (requested, id);

create table assignment_run_user (
  run_id bigint not null references assignment_run (id) on delete cascade,
  user_id bigint not null,
  primary key (run_id, user_id)
);

create table assignment_decision (
  id bigint primary key,
  run_id bigint not null references assignment_run (id) on delete cascade,
  user_id bigint not null references directory_user (id) on delete cascade,
  passkey_id bigint references passkey (id),
  reason varchar(500) not null,
  decided timestamp(6) with time zone not null,
  unique (run_id, user_id)
);

create table workflow_application (
  id bigint primary key,
  version integer not null,
  state varchar(16) not null,
  requested_by_kind varchar(20) not null,
  requested_by_name varchar(255) not null,
  requested timestamp(6) with time zone not null,
  ended timestamp(6) with time zone,
  position bigint not null,
  total bigint not null,
  assigned integer not null,
  skipped integer not null,
  workflow_id bigint not null references workflow (id) on delete cascade
);
create index workflow_application_workflow on workflow_application (workflow_id, requested);
create index workflow_run_cause on workflow_run (workflow_id, cause);

-- For the figures of the overview.
create index passkey_assigned on passkey (state, assigned);
