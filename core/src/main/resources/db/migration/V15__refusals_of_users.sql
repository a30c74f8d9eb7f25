-- What an identity provider says about one user of a list, in its own words.
alter table import_run_line alter column problem set data type varchar(2000);
