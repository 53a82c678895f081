-- Run as owner before the first table: what the application's login gets on business tables, and nothing to anybody else.
revoke all on schema public from public;
grant usage on schema public to anwei_app, anwei_sealer, anwei_outside;
alter default privileges in schema public grant select, insert, update, delete on tables to anwei_app;
alter default privileges in schema public grant usage, select on sequences to anwei_app;
alter default privileges in schema public grant execute on functions to anwei_app;
alter default privileges revoke execute on functions from public;
