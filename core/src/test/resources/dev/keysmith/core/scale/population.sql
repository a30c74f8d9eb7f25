-- An organisation of 100,000 users. {a..b} is a table of the numbers from a to b, in its column n;
-- {now} is an instant.

insert into integration (id, label, plugin, origin, enabled, revision, created_at)
select 1000000 + n, 'Directory ' || n, 'okta', 'https://org' || n || '.example', true, 1, {now} from {1..2};

-- Neither logins nor names are in the order of the ids.
insert into directory_user (id, integration_id, external_id, login, display_name, email, status,
  imported_at, last_seen_at, seen_by_import, announced, login_key, name_key, search_text)
select 10000000 + n, integration, 'x' || n, login, name, login, status, imported, {now}, 1, true,
  login, lower(name), login || chr(10) || lower(name) || chr(10) || login
from (
  select n,
    1000001 + case when mod(n, 100) = 0 then 1 else 0 end as integration,
    'person' || lpad(cast(mod(cast(n as bigint) * 7919, 100000) as varchar), 5, '0') || '@example.org' as login,
    'Given' || mod(cast(n as bigint) * 31, 997) || ' Family' || mod(cast(n as bigint) * 7907, 100003) as name,
    case when mod(n, 100) < 93 then 'ACTIVE' when mod(n, 100) < 96 then 'STAGED'
      when mod(n, 100) < 98 then 'SUSPENDED' else 'LEFT' end as status,
    {now} - n * interval '1' minute as imported
  from {1..100000}
) people;

insert into directory_group (id, integration_id, external_id, name, description, gone, name_key)
select 11000000 + n, 1000001, 'g' || n, 'Team ' || n, 'A team', false, 'team ' || n from {1..500};
-- Everybody is in the first group, and in two others.
insert into directory_membership (group_id, user_id, seen_by_import)
select 11000001, 10000000 + n, 1 from {1..100000};
insert into directory_membership (group_id, user_id, seen_by_import)
select 11000002 + mod(n, 499), 10000000 + mod(n, 100000) + 1, 1 from {1..200000};

-- Fifty thousand in use, a hundred of them lost; the others in stock, assigned or retired.
insert into security_key (id, version, aaguid, model, firmware, serial_number, asset_tag, owner_id,
  state, created, activated)
select 20000000 + n, 1, 'cb69481e-8ff7-4039-93ec-0a272915400' || mod(n, 9), 'Model ' || mod(n, 9), 328706,
  'S' || lpad(cast(n as varchar), 9, '0'), 'T-' || n,
  case when n <= 52000 then 10000000 + n end,
  case when n > 58000 then 'RETIRED' when n > 52000 then 'IN_STOCK' when n > 50000 then 'ASSIGNED'
    when mod(n, 500) = 0 then 'LOST' else 'ACTIVE' end,
  {now} - n * interval '5' minute,
  case when n <= 50000 then {now} - n * interval '4' minute end
from {1..60000};

insert into passkey (id, version, user_id, integration_id, key_id, state, promise, assigned, assigned_by,
  problem, rp_id, credential_id, factor_id, activated, revoked, factor_removed)
select 30000000 + n, 1, person, integration, case when state = 'ACTIVE' then 20000000 + n end, state,
  case when state in ('ASSIGNED', 'ENROLLING', 'FAILED') then person || ':' || integration end,
  {now} - n * interval '5' minute, 'operator', case when state = 'FAILED' then 'Refused.' end,
  'org1.example', case when state in ('ACTIVE', 'REVOKED') then 'Y3JlZGVudGlhbC1udW1iZXIt' || n end,
  case when state in ('ACTIVE', 'REVOKED') then 'fwf' || n end,
  case when state in ('ACTIVE', 'REVOKED') then {now} - n * interval '4' minute end,
  case when state = 'REVOKED' then {now} - n * interval '1' minute end,
  case when state = 'REVOKED' and mod(n, 100) > 0 then {now} end
from (
  select n, case when n > 80000 then 10000000 + n - 80000 else 10000000 + n end as person,
    1000001 + case when mod(n, 100) = 0 then 1 else 0 end as integration,
    case when n <= 50000 then 'ACTIVE' when n <= 76000 then 'ASSIGNED' when n <= 76050 then 'ENROLLING'
      when n <= 77000 then 'FAILED' else 'REVOKED' end as state
  from {1..100000}
) promised;

-- Two years of what forty operators, two workflows and the server have done.
insert into audit_entry (id, at, actor_kind, actor_name, action, subject_type, subject_id, subject_label, details)
select 40000000 + n, {now} - (1000000 - n) * interval '63' second,
  case when mod(n, 10) < 5 then 'OPERATOR' when mod(n, 10) < 8 then 'WORKFLOW' else 'SYSTEM' end,
  case when mod(n, 10) < 5 then 'operator' || mod(n, 40) when mod(n, 10) < 8 then 'Workflow ' || mod(n, 2) else 'system' end,
  case when n = 500000 then 'master-key.rotated' when mod(n, 20) < 8 then 'passkey.assigned' when mod(n, 20) < 14 then 'passkey.activated'
    when mod(n, 20) < 17 then 'key.activated' when mod(n, 20) < 19 then 'operator.signed-in' else 'passkey.revoked' end,
  'user', cast(10000000 + mod(n, 100000) as varchar),
  'person' || lpad(cast(mod(n, 100000) as varchar), 5, '0') || '@example.org',
  '{"integration":"1000001"}'
from {1..1000000};

insert into workflow (id, version, name, integration_id, trigger_type, enabled, created)
select 50000000 + n, 1, 'Workflow ' || n, 1000001,
  case when n = 1 then 'NEW_SECURITY_KEY_ACTIVATED' else 'NEW_USER_IMPORTED' end, n <= 2, {now} from {1..20};
insert into workflow_run (id, workflow_id, user_id, cause, decision, reason, passkey_id, decided)
select 51000000 + n, 50000001 + mod(n, 2), 10000001 + mod(n, 100000), 'import:' || n,
  case when mod(n, 3) = 0 then 'ASSIGNED' else 'SKIPPED' end,
  case when mod(n, 3) = 0 then 'Got a passkey.' else 'Has a passkey already.' end,
  null, {now} - n * interval '1' minute
from {1..200000};

insert into import_run (id, integration_id, scope, mode, many_may_leave, state, requested_by_kind,
  requested_by_name, queued_at, started_at, ended_at, phase, group_index, seen, created, updated, unchanged, departed, failed)
select 60000000 + n, 1000001, 'WHOLE', 'NEW_AND_UPDATE', false, case when mod(n, 50) = 0 then 'FAILED' else 'DONE' end,
  'OPERATOR', 'ann', {now} - n * interval '1' hour, {now} - n * interval '1' hour, {now} - n * interval '1' hour,
  'ANNOUNCEMENT', 0, 100000, 0, 0, 100000, 0, 0
from {1..2000};
insert into import_run_line (id, run_id, line, user_key, problem)
select 61000000 + n, 60000001, n, 'person' || n, case when mod(n, 10) = 0 then 'The identity provider knows no such user.' end
from {1..100000};

insert into activation_code (id, version, user_id, prefix, hash_sealed, state, issued, issued_by, expires)
select 70000000 + n, 1, 10000000 + n, 'P' || lpad(cast(n as varchar), 5, '0'), 'x',
  case when mod(n, 4) = 0 then 'OPEN' when mod(n, 4) = 1 then 'USED' when mod(n, 4) = 2 then 'REVOKED' else 'EXPIRED' end,
  {now} - n * interval '1' minute, 'ann', {now} + interval '3' day
from {1..20000};

insert into assignment_run (id, version, state, requested_by_kind, requested_by_name, requested, ended,
  position, total, assigned, skipped, filters)
select 80000000 + n, 1, 'DONE', 'OPERATOR', 'ann', {now} - n * interval '1' day, {now}, 1, 1000, 500, 500, '{}' from {1..100};
insert into assignment_decision (id, run_id, user_id, passkey_id, reason, decided)
select 81000000 + n, 80000001, 10000000 + n, case when mod(n, 2) = 0 then 30000000 + n end, 'A reason.', {now} from {1..50000};

insert into dead_letter (id, type, payload, recorded, given_up, attempts, reason)
select 'event-' || n, 'passkey.revoked', '{"passkeyId":1}', {now}, {now}, 20, 'Refused.' from {1..200};
