-- The audit log is a chain: each entry has a number and the hash of its predecessor and itself.
alter table audit_entry add column chain_number bigint;
alter table audit_entry add column chain_hash varchar(64);
create unique index audit_entry_chain on audit_entry (chain_number);

-- Its end, sealed under the master key: one row.
create table audit_head (
  id integer primary key,
  entries bigint not null,
  chain_hash varchar(64) not null,
  seal varchar(255) not null
);

insert into audit_head values (1, 0, '', '');

-- What lets people in is sealed under the master key, so that what is written past the server is noticed.
alter table operator_account add column seal varchar(255);
alter table operator_passkey add column seal varchar(255);
alter table api_token add column seal varchar(255);
alter table set_up_link add column seal varchar(255);
