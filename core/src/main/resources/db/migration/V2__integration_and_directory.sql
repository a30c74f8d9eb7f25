-- Integrations, and the users and groups imported through them.

create table integration (
  id bigint primary key,
  label varchar(64) not null,
  plugin varchar(32) not null,
  origin varchar(512),
  enabled boolean not null,
  revision integer not null,
  created_at timestamp(6) with time zone not null,
  checked_at timestamp(6) with time zone,
  check_ok boolean,
  check_message varchar(2000),
  constraint integration_once_per_origin unique (plugin, origin)
);

create table integration_setting (
  integration_id bigint not null references integration (id) on delete cascade,
  name varchar(64) not null,
  setting_value varchar(2048) not null,
  primary key (integration_id, name)
);

create table integration_secret (
  integration_id bigint not null references integration (id) on delete cascade,
  name varchar(64) not null,
  sealed varchar(65536) not null,
  primary key (integration_id, name)
);

-- What is below goes with its integration. What features build upon a user (passkeys, workflow
-- runs) refers to it without a cascade, and thereby keeps the integration from being removed.

create table directory_user (
  id bigint primary key,
  integration_id bigint not null references integration (id) on delete cascade,
  external_id varchar(255) not null,
  login varchar(255) not null,
  display_name varchar(255) not null,
  email varchar(320),
  status varchar(16) not null,
  imported_at timestamp(6) with time zone not null,
  last_seen_at timestamp(6) with time zone not null,
  seen_by_import bigint not null,
  announced boolean not null,
  login_key varchar(255) not null,
  name_key varchar(255) not null,
  search_text varchar(1024) not null,
  -- A page of users is looked up by "external_id in (...)", for which H2 wants that column first.
  constraint directory_user_once unique (external_id, integration_id)
);
create index directory_user_by_login on directory_user (login_key, id);
create index directory_user_by_name on directory_user (name_key, id);
create index directory_user_by_time on directory_user (imported_at, id);
create index directory_user_by_status on directory_user (integration_id, status);
create index directory_user_by_announcement on directory_user (integration_id, announced, id);

create table directory_group (
  id bigint primary key,
  integration_id bigint not null references integration (id) on delete cascade,
  external_id varchar(255) not null,
  name varchar(255) not null,
  description varchar(1024),
  gone boolean not null,
  name_key varchar(255) not null,
  constraint directory_group_once unique (integration_id, external_id)
);
create index directory_group_by_name on directory_group (name_key, id);

create table directory_membership (
  group_id bigint not null references directory_group (id) on delete cascade,
  user_id bigint not null references directory_user (id) on delete cascade,
  seen_by_import bigint not null,
  -- The user first for the same reason.
  primary key (user_id, group_id)
);
create index directory_membership_by_group on directory_membership (group_id);

create table import_run (
  id bigint primary key,
  integration_id bigint not null references integration (id) on delete cascade,
  -- The integration while the run is under way, null afterwards: at most one run at a time.
  active_integration_id bigint unique,
  scope varchar(16) not null,
  mode varchar(16) not null,
  many_may_leave boolean not null,
  state varchar(16) not null,
  requested_by_kind varchar(16) not null,
  requested_by_name varchar(255) not null,
  queued_at timestamp(6) with time zone not null,
  started_at timestamp(6) with time zone,
  ended_at timestamp(6) with time zone,
  phase varchar(16) not null,
  group_index integer not null,
  page_cursor varchar(4096),
  seen integer not null,
  created integer not null,
  updated integer not null,
  unchanged integer not null,
  departed integer not null,
  failed integer not null,
  note varchar(2000),
  error varchar(2000)
);
create index import_run_by_time on import_run (queued_at, id);
create index import_run_by_integration on import_run (integration_id, queued_at);

create table import_run_group (
  import_run_id bigint not null references import_run (id) on delete cascade,
  position integer not null,
  external_id varchar(255) not null,
  primary key (import_run_id, position)
);
