-- Until when an enrolment under way is taken to be alive: its server pushes this ahead while it runs.
-- Null once it has ended; then any server settles it. Which server began it does not matter.
alter table enrolment add column alive_until timestamp(6) with time zone;
alter table enrolment drop column node;
