-- Since when an operator knows the PIN of a key whose owner has not been made to change it.
alter table security_key add column pin_known timestamp(6) with time zone;

-- Random PINs that were set and not shown yet, sealed.
create table random_pin (
  id bigint primary key,
  key_id bigint not null references security_key (id),
  user_id bigint not null references directory_user (id),
  session_id varchar(64) not null,
  set_by_kind varchar(16) not null,
  set_by_id varchar(64) not null,
  pin_sealed text not null,
  set_at timestamp(6) with time zone not null,
  expires timestamp(6) with time zone not null
);
create index random_pin_set_by on random_pin (set_by_kind, set_by_id, set_at);
create index random_pin_key on random_pin (key_id);
