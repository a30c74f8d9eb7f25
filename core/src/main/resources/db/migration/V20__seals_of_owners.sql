-- What an owner gets by, and where a passkey leads, is sealed under the master key as well.
alter table activation_code add column seal varchar(255);
alter table activation_session add column seal varchar(255);
alter table random_pin add column seal varchar(255);
alter table directory_user add column seal varchar(255);
alter table passkey add column seal varchar(255);
-- An integration has a seal of its own: its secrets may all be gone.
alter table integration add column seal varchar(255);
-- Two changes of a token at once do not leave the seal of the one with the values of the other.
alter table api_token add column version bigint default 0 not null;
