-- Keys that are asked to erase themselves, until it is known whether they have.
create table pending_erasure (
  id bigint primary key,
  key_id bigint references security_key (id),
  label varchar(255) not null,
  passkeys varchar(4000) not null,
  begun timestamp(6) with time zone not null,
  actor_kind varchar(16) not null,
  actor_id varchar(255) not null,
  actor_name varchar(255) not null,
  seal varchar(255)
);
