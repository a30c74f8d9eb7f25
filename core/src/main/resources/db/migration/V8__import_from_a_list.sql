-- The lines of a list of users that is imported, and what is wrong with them.
create table import_run_line (
  id bigint primary key,
  run_id bigint not null references import_run (id) on delete cascade,
  line integer not null,
  user_key varchar(255) not null,
  problem varchar(500),
  unique (run_id, line)
);
