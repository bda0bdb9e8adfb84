-- The log of acts of staff is only ever added to.
CREATE FUNCTION "refuse_change_of_log"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'The log of acts is append-only.';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "actions_not_changed" BEFORE UPDATE OR DELETE ON "actions"
	FOR EACH ROW EXECUTE FUNCTION "refuse_change_of_log"();
--> statement-breakpoint
CREATE TRIGGER "actions_not_emptied" BEFORE TRUNCATE ON "actions"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change_of_log"();
