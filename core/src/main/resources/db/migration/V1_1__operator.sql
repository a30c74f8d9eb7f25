create table api_token (
  id bigint primary key,
  label varchar(64) not null,
  role varchar(16) not null,
  hash varchar(64) not null unique,
  created timestamp(6) with time zone not null,
  created_by varchar(255) not null,
  expires timestamp(6) with time zone,
  revoked timestamp(6) with time zone,
  last_used timestamp(6) with time zone
);
