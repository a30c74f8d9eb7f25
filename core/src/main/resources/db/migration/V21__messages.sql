-- What is told to people is stored as a code with arguments, as JSON; sentences that older versions have stored are
-- kept as the argument of a code of their own, those that are known get their codes.
alter table passkey alter column problem set data type varchar(8000);
alter table workflow_run alter column reason set data type varchar(8000);
alter table assignment_decision alter column reason set data type varchar(8000);
alter table assignment_run alter column failure set data type varchar(8000);
alter table workflow_application alter column failure set data type varchar(8000);
alter table parked_event alter column reason set data type varchar(8000);
alter table activation_code alter column mail_problem set data type varchar(8000);
alter table import_run alter column note set data type varchar(8000);
alter table import_run alter column error set data type varchar(8000);
alter table import_run alter column waiting_reason set data type varchar(8000);
alter table import_run_line alter column problem set data type varchar(8000);
alter table integration alter column check_message set data type varchar(8000);

update workflow_run set reason = case reason
  when 'Passkey assigned.' then '{"code":"reason.assigned"}'
  when 'The user has left.' then '{"code":"reason.left"}'
  when 'The user is in none of the workflow''s groups.' then '{"code":"reason.no-group"}'
  when 'The user has an active passkey already.' then '{"code":"reason.active"}'
  when 'The user has been promised a passkey already.' then '{"code":"reason.promised"}'
  when 'The user was imported from another identity provider.' then '{"code":"reason.foreign"}'
  when 'The user was changed outside Keysmith.' then '{"code":"reason.changed-outside"}'
  else '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(reason, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}' end;
update assignment_decision set reason = case reason
  when 'Passkey assigned.' then '{"code":"reason.assigned"}'
  when 'The user has left.' then '{"code":"reason.left"}'
  when 'The user is in none of the workflow''s groups.' then '{"code":"reason.no-group"}'
  when 'The user has an active passkey already.' then '{"code":"reason.active"}'
  when 'The user has been promised a passkey already.' then '{"code":"reason.promised"}'
  when 'The user was imported from another identity provider.' then '{"code":"reason.foreign"}'
  when 'The user was changed outside Keysmith.' then '{"code":"reason.changed-outside"}'
  else '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(reason, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}' end;
update import_run_line set problem = case
  when problem = 'The line names no user.' then '{"code":"import-line.empty"}'
  when problem = 'This cannot be a login or an id.' then '{"code":"import-line.unusable"}'
  when problem = 'The identity provider knows no such user.' then '{"code":"skipped.unknown"}'
  when problem = 'This user has left, says the identity provider.' then '{"code":"skipped.left"}'
  when problem = 'At the identity provider the id is missing, too long or not storable.' then '{"code":"skipped.id"}'
  when problem = 'At the identity provider the login is missing, too long or not storable.' then '{"code":"skipped.login"}'
  when problem = 'At the identity provider the name is missing, too long or not storable.' then '{"code":"skipped.name"}'
  when problem = 'At the identity provider the e-mail address is missing, too long or not storable.' then '{"code":"skipped.email"}'
  when problem like 'The same as line %.'
    then '{"code":"import-line.repeated","arguments":{"line":' || replace(substring(problem, 18), '.', '') || '}}'
  else '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(problem, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}' end
where problem is not null;
update passkey set problem = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(problem, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where problem is not null;
update assignment_run set failure = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(failure, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where failure is not null;
update workflow_application set failure = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(failure, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where failure is not null;
update parked_event set reason = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(reason, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where reason is not null;
update activation_code set mail_problem = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(mail_problem, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where mail_problem is not null;
update import_run set note = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(note, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where note is not null;
update import_run set error = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(error, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where error is not null;
update import_run set waiting_reason = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(waiting_reason, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where waiting_reason is not null;
update integration set check_message = '{"code":"server.earlier","arguments":{"text":"' || replace(replace(replace(replace(replace(check_message, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), ''), chr(9), ' ')
  || '"}}'
where check_message is not null;
