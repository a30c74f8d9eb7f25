-- One-time codes by which users activate their own security keys.

create table activation_code (
  id bigint primary key,
  version integer not null,
  user_id bigint not null references directory_user (id) on delete cascade,
  -- The user while the code is open, null afterwards: at most one open code each.
  open_for bigint unique,
  -- The first group of the code, by which it is found; not a secret by itself.
  prefix varchar(8) not null,
  -- The hash of the whole code, sealed: a code is short enough to be searched for by its hash.
  hash_sealed varchar(500) not null,
  state varchar(16) not null,
  issued timestamp(6) with time zone not null,
  issued_by varchar(255) not null,
  expires timestamp(6) with time zone not null,
  redeemed timestamp(6) with time zone,
  ended timestamp(6) with time zone,
  -- The code itself, sealed, until it has been sent by e-mail.
  mail_sealed varchar(500),
  mailed timestamp(6) with time zone,
  mail_problem varchar(500)
);
create index activation_code_prefix on activation_code (prefix);
create index activation_code_user on activation_code (user_id);
create index activation_code_issued on activation_code (issued, id);
create index activation_code_state on activation_code (state, expires);

create table activation_session (
  id bigint primary key,
  code_id bigint not null references activation_code (id) on delete cascade,
  user_id bigint not null references directory_user (id) on delete cascade,
  token_hash varchar(64) not null unique,
  started timestamp(6) with time zone not null,
  expires timestamp(6) with time zone not null
);
create index activation_session_code on activation_session (code_id);
create index activation_session_expires on activation_session (expires);
