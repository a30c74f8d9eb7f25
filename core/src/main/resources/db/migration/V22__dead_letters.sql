-- Events that were given up are called dead letters.
alter table parked_event rename to dead_letter;
alter table dead_letter rename column parked to given_up;
alter index parked_event_parked rename to dead_letter_given_up;
