-- The domains beside its own address for which an identity provider may have passkeys made.

create table integration_domain (
  integration_id bigint not null references integration (id) on delete cascade,
  domain varchar(260) not null,
  primary key (integration_id, domain)
);
