-- When the credential was erased from its key: it opens nothing, whatever the identity provider knows.
alter table passkey add column erased timestamp(6) with time zone;

-- Who initialised a key last since it was erased: it may hold what that person has put on it.
alter table security_key add column last_owner_id bigint references directory_user (id);
update security_key set last_owner_id = owner_id where activated is not null;
update security_key set last_owner_id =
  (select p.user_id from passkey p where p.id =
    (select max(q.id) from passkey q where q.key_id = security_key.id))
  where last_owner_id is null;
