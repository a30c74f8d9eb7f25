-- Stations: programs at desks that bring their security keys to the server.

create table station (
  id bigint primary key,
  version bigint not null,
  name varchar(64) not null,
  site varchar(64) not null,
  serves varchar(16) not null,
  -- Ids of groups, separated by commas; empty for all users.
  served_groups varchar(1000) not null,
  -- Ed25519 in SubjectPublicKeyInfo, as base64url.
  public_key varchar(64) not null unique,
  paired timestamp(6) with time zone not null,
  paired_by varchar(255) not null,
  program varchar(128) not null,
  operating_system varchar(128) not null,
  last_seen timestamp(6) with time zone,
  revoked timestamp(6) with time zone,
  seal varchar(255)
);

create table station_pairing (
  id bigint primary key,
  version bigint not null,
  -- SHA-256 of the code, whose 60 random bits are not found within its quarter of an hour.
  hash varchar(64) not null unique,
  name varchar(64) not null,
  site varchar(64) not null,
  serves varchar(16) not null,
  served_groups varchar(1000) not null,
  issued timestamp(6) with time zone not null,
  issued_by varchar(255) not null,
  expires timestamp(6) with time zone not null,
  ended timestamp(6) with time zone,
  station_id bigint references station (id),
  seal varchar(255)
);

-- The servers that share this database, and when each has last noted that it runs.
create table server_node (
  name varchar(255) primary key,
  seen timestamp(6) with time zone not null
);
