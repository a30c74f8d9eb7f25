-- For lists that have become long: every order that a list begins with, and every filter of the
-- audit log, by an index that ends with the order.

create index audit_entry_kind on audit_entry (actor_kind, at, id);
create index passkey_by_time on passkey (assigned, id);
create index passkey_awaiting_removal on passkey (state, factor_removed);
create index security_key_active on security_key (state, owner_id);
create index passkey_holders on passkey (state, user_id);
create index workflow_run_decision on workflow_run (workflow_id, decision, decided, id);
create index workflow_run_user on workflow_run (user_id, decided);
