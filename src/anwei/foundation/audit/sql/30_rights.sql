-- What each login may do on the trail. Nothing here is granted by default privileges.
grant usage on schema trail to anwei_app, anwei_sealer;
grant select on all tables in schema trail to anwei_app;
grant select on trail.deed, trail.change, trail.position, trail.node, trail.checkpoint to anwei_sealer;
grant insert on trail.position, trail.node, trail.checkpoint to anwei_sealer;
revoke execute on all functions in schema trail from public;
grant execute on function trail.open(uuid, text, text), trail.close(jsonb, bytea), trail.erase_personal(text, text) to anwei_app;
grant execute on function trail.deed_text(trail.deed), trail.change_text(trail.change), trail.leaf_hash(text),
    trail.commitment(uuid, jsonb) to anwei_app, anwei_sealer;
grant execute on function trail.make_partitions(int), trail.forget_answers() to anwei_sealer;
do $$
declare t text;
begin
    foreach t in array array['deed', 'change', 'position', 'node', 'checkpoint'] loop
        execute format('create or replace trigger no_truncate before truncate on trail.%I execute function trail.refuse_truncate()', t);
    end loop;
    foreach t in array array['position', 'node', 'checkpoint'] loop
        execute format('create or replace trigger no_rewrite before update or delete on trail.%I
                        for each row execute function trail.refuse_rewrite()', t);
    end loop;
end $$;
