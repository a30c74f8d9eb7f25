-- Since when the serial number is known to be one that several keys show, so that it tells nothing.
alter table security_key add column serial_shared timestamp(6) with time zone;

create index security_key_state on security_key (state);
create index security_key_created on security_key (created, id);
create index security_key_asset_tag on security_key (asset_tag);
