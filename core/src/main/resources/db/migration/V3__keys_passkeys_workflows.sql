create table security_key (
  id bigint primary key,
  version integer not null,
  aaguid varchar(36) not null,
  model varchar(126) not null,
  firmware bigint,
  serial_number varchar(126),
  asset_tag varchar(64),
  owner_id bigint references directory_user (id),
  state varchar(16) not null,
  created timestamp(6) with time zone not null,
  activated timestamp(6) with time zone
);
create index security_key_owner on security_key (owner_id);
create index security_key_serial_number on security_key (serial_number);

create table passkey (
  id bigint primary key,
  version integer not null,
  user_id bigint not null references directory_user (id),
  integration_id bigint not null references integration (id),
  key_id bigint references security_key (id),
  state varchar(16) not null,
  -- user and integration while the passkey is promised, null afterwards: at most one promise each
  promise varchar(64) unique,
  assigned timestamp(6) with time zone not null,
  assigned_by varchar(300) not null,
  problem varchar(2000),
  rp_id varchar(255),
  credential_id varchar(1400),
  factor_id varchar(255),
  activated timestamp(6) with time zone,
  revoked timestamp(6) with time zone,
  factor_removed timestamp(6) with time zone
);
create index passkey_user on passkey (user_id);
create index passkey_integration_state on passkey (integration_id, state);
create index passkey_key on passkey (key_id);
create index passkey_state on passkey (state);
create index passkey_credential on passkey (credential_id);

-- What is known of an enrolment under way, so that a crash at any point can be settled.
create table enrolment (
  passkey_id bigint primary key references passkey (id),
  started timestamp(6) with time zone not null,
  node varchar(64) not null,
  attempt varchar(36) not null,
  pending_before text not null,
  ticket varchar(255),
  rp_id varchar(255),
  user_handle varchar(90),
  held_before text,
  credential_id varchar(1400),
  response_sealed text
);

-- Credentials that an undone enrolment may have left on a security key.
create table leftover_credential (
  id bigint primary key,
  key_id bigint not null references security_key (id),
  rp_id varchar(255) not null,
  user_handle varchar(90) not null,
  credential_id varchar(1400),
  -- credentials of the account that were on the key before: not ours to delete
  held_before text not null,
  noted timestamp(6) with time zone not null
);
create index leftover_credential_key on leftover_credential (key_id);

create table workflow (
  id bigint primary key,
  version integer not null,
  name varchar(120) not null unique,
  integration_id bigint not null references integration (id),
  trigger_type varchar(40) not null,
  enabled boolean not null,
  created timestamp(6) with time zone not null
);

create table workflow_group (
  workflow_id bigint not null references workflow (id),
  group_id bigint not null references directory_group (id),
  primary key (workflow_id, group_id)
);

create table workflow_run (
  id bigint primary key,
  workflow_id bigint not null references workflow (id),
  user_id bigint not null references directory_user (id),
  cause varchar(64) not null,
  decision varchar(16) not null,
  reason varchar(500) not null,
  passkey_id bigint references passkey (id),
  decided timestamp(6) with time zone not null,
  -- the same cause is decided once, however often it is delivered
  unique (workflow_id, user_id, cause)
);
create index workflow_run_workflow on workflow_run (workflow_id, decided);
