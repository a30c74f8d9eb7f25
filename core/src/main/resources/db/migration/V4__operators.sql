-- People who use the panel. Accounts are disabled, never removed: the audit trail names them.
create table operator_account (
  id            bigint primary key,
  login         varchar(255) not null unique,
  name          varchar(255) not null,
  role          varchar(16) not null,
  enabled       boolean not null,
  user_handle   varchar(43) not null unique,
  password      varchar(255),
  identity      varchar(1000) unique,
  created       timestamp(6) with time zone not null,
  created_by    varchar(255) not null,
  last_sign_in  timestamp(6) with time zone,
  sessions_from timestamp(6) with time zone not null,
  version       bigint not null
);

create table operator_passkey (
  id                bigint primary key,
  operator_id       bigint not null references operator_account (id),
  credential_id     varchar(1400) not null unique,
  rp_id             varchar(255) not null,
  label             varchar(64) not null,
  attested_data     bytea not null,
  transports        varchar(255) not null,
  signature_counter bigint not null,
  backup_eligible   boolean not null,
  backed_up         boolean not null,
  created           timestamp(6) with time zone not null,
  last_used         timestamp(6) with time zone,
  version           bigint not null
);
create index operator_passkey_operator on operator_passkey (operator_id);

-- One-time links by which an operator sets up a password or a passkey; the first one makes the
-- first account, and so belongs to none.
create table set_up_link (
  id          bigint primary key,
  operator_id bigint references operator_account (id),
  hash        varchar(64) not null unique,
  created     timestamp(6) with time zone not null,
  created_by  varchar(255) not null,
  expires     timestamp(6) with time zone,
  ended       timestamp(6) with time zone,
  version     bigint not null
);
