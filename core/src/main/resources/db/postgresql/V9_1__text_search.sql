-- Parts of texts are found by their groups of three letters, where the extension is at hand that
-- comes with every PostgreSQL; without it, and for shorter texts, the tables are read through.

do $$
begin
  create extension if not exists pg_trgm;
  create index directory_user_search on directory_user using gin (search_text gin_trgm_ops);
  create index audit_entry_label on audit_entry using gin (lower(subject_label) gin_trgm_ops);
exception
  when others then
    raise warning 'Searching texts will take longer without the extension pg_trgm: %', sqlerrm;
end
$$;

-- The beginning of an action; the database's collation has another order.
create index audit_entry_action_prefix on audit_entry (action varchar_pattern_ops, at, id);
