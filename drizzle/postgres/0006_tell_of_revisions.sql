-- Whatever raises a revision tells so, with its commit: every process that listens, and whoever commits it
-- (in "afterword.changed", which lasts as long as the transaction).
CREATE FUNCTION "tell_of_revision"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	"said" text := coalesce(current_setting('afterword.changed', true), '');
	"thing" text := '*';
BEGIN
	IF TG_OP = 'UPDATE' THEN
		"thing" := coalesce(TG_ARGV[0], NEW."id") || '@' || NEW."revision";
	ELSIF TG_OP = 'DELETE' THEN
		"thing" := coalesce(TG_ARGV[0], OLD."id") || '@gone';
	END IF;
	PERFORM pg_notify('afterword', "thing");
	-- What changes so much has changed everything.
	IF length("said") > 4000 THEN
		"said" := '*';
	ELSIF "said" <> '*' THEN
		"said" := ltrim("said" || ' ' || "thing");
	END IF;
	PERFORM set_config('afterword.changed', "said", true);
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "tell_of_revision" AFTER UPDATE OF "revision" ON "site"
	FOR EACH ROW WHEN (OLD."revision" IS DISTINCT FROM NEW."revision")
	EXECUTE FUNCTION "tell_of_revision"('site');
--> statement-breakpoint
CREATE TRIGGER "tell_of_revision" AFTER UPDATE OF "revision" ON "articles"
	FOR EACH ROW WHEN (OLD."revision" IS DISTINCT FROM NEW."revision")
	EXECUTE FUNCTION "tell_of_revision"();
--> statement-breakpoint
CREATE TRIGGER "tell_of_revision" AFTER UPDATE OF "revision" ON "accounts"
	FOR EACH ROW WHEN (OLD."revision" IS DISTINCT FROM NEW."revision")
	EXECUTE FUNCTION "tell_of_revision"();
--> statement-breakpoint
CREATE TRIGGER "tell_of_end" AFTER DELETE ON "site"
	FOR EACH ROW EXECUTE FUNCTION "tell_of_revision"('site');
--> statement-breakpoint
CREATE TRIGGER "tell_of_end" AFTER DELETE ON "articles"
	FOR EACH ROW EXECUTE FUNCTION "tell_of_revision"();
--> statement-breakpoint
CREATE TRIGGER "tell_of_end" AFTER DELETE ON "accounts"
	FOR EACH ROW EXECUTE FUNCTION "tell_of_revision"();
--> statement-breakpoint
CREATE TRIGGER "tell_of_emptying" AFTER TRUNCATE ON "site"
	FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_revision"();
--> statement-breakpoint
CREATE TRIGGER "tell_of_emptying" AFTER TRUNCATE ON "articles"
	FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_revision"();
--> statement-breakpoint
CREATE TRIGGER "tell_of_emptying" AFTER TRUNCATE ON "accounts"
	FOR EACH STATEMENT EXECUTE FUNCTION "tell_of_revision"();
