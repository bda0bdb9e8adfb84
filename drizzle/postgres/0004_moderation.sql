CREATE TABLE "account_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"actor_id" text,
	"note" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"id" text PRIMARY KEY NOT NULL,
	"statement_id" text NOT NULL,
	"account_id" text NOT NULL,
	"words" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"outcome" text,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "appeals_statement_id_unique" UNIQUE("statement_id")
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"subject" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" text PRIMARY KEY NOT NULL,
	"article_id" text NOT NULL,
	"note" text NOT NULL,
	"problem_id" text,
	"actor_id" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decision_times" (
	"action_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"seconds" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"unsubscribe_url" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"last_error" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "problems" (
	"id" text PRIMARY KEY NOT NULL,
	"article_id" text NOT NULL,
	"version" integer NOT NULL,
	"passage" text DEFAULT '' NOT NULL,
	"passage_key" text,
	"kind" text NOT NULL,
	"words" text NOT NULL,
	"account_id" text,
	"guest_email" text,
	"comment_id" text,
	"status" text DEFAULT 'received' NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"secret_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	CONSTRAINT "problems_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "sanctions" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"ground" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"actor_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "screenings" (
	"comment_id" text NOT NULL,
	"revision" integer NOT NULL,
	"phase" text NOT NULL,
	"verdict" text NOT NULL,
	"harm" integer NOT NULL,
	"words" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "screenings_comment_id_revision_phase_pk" PRIMARY KEY("comment_id","revision","phase")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"actor_id" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"restriction" text NOT NULL,
	"action_id" text NOT NULL,
	"comment_id" text,
	"sanction_id" text,
	"ground" text NOT NULL,
	"law" text DEFAULT '' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"automatic" boolean DEFAULT false NOT NULL,
	"until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "comment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ALTER COLUMN "account_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "approval_required_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "warning_id" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "moderates" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "reports_upheld" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "reports_dismissed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "problem_id" text;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "in_article_id" text;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "ground" text;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "reverses" text;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "slow_mode" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "slow_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "close_after_days" integer;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "close_after_silent_days" integer;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "open_hours" jsonb;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "message" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "message_html" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "author_here" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "staff_may_speak" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "commenting_states" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "harm" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "report_weight" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "folded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "unreviewed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "text_key" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "ground" text;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "picked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "by_author" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "statement_id" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "problem_id" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "guest_name" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "guest_email" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "law" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "weight" integer DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "secret_hash" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "account_notes" ADD CONSTRAINT "account_notes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_notes" ADD CONSTRAINT "account_notes_actor_id_accounts_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_problem_id_problems_id_fk" FOREIGN KEY ("problem_id") REFERENCES "public"."problems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_actor_id_accounts_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_times" ADD CONSTRAINT "decision_times_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_times" ADD CONSTRAINT "decision_times_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problems" ADD CONSTRAINT "problems_decided_by_accounts_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_actor_id_accounts_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_ended_by_accounts_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "screenings" ADD CONSTRAINT "screenings_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_actor_id_accounts_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_action_id_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_sanction_id_sanctions_id_fk" FOREIGN KEY ("sanction_id") REFERENCES "public"."sanctions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_notes_account" ON "account_notes" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "appeals_open" ON "appeals" USING btree ("id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "claims_account" ON "claims" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "corrections_article" ON "corrections" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "decision_times_created" ON "decision_times" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("next_at") WHERE sent_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "problems_open" ON "problems" USING btree ("id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "problems_article" ON "problems" USING btree ("article_id","id");--> statement-breakpoint
CREATE INDEX "problems_account" ON "problems" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "sanctions_account" ON "sanctions" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "settings_key" ON "settings" USING btree ("key","id");--> statement-breakpoint
CREATE INDEX "statements_account" ON "statements" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "statements_comment" ON "statements" USING btree ("comment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "statements_action" ON "statements" USING btree ("action_id","account_id");--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_problem_id_problems_id_fk" FOREIGN KEY ("problem_id") REFERENCES "public"."problems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_in_article_id_articles_id_fk" FOREIGN KEY ("in_article_id") REFERENCES "public"."articles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_reverses_actions_id_fk" FOREIGN KEY ("reverses") REFERENCES "public"."actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_problem_id_problems_id_fk" FOREIGN KEY ("problem_id") REFERENCES "public"."problems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "actions_kind" ON "actions" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "actions_in_article" ON "actions" USING btree ("in_article_id","id");--> statement-breakpoint
CREATE INDEX "actions_reverses" ON "actions" USING btree ("reverses") WHERE reverses is not null;--> statement-breakpoint
CREATE INDEX "articles_commenting" ON "articles" USING btree ("commenting","published_at");--> statement-breakpoint
CREATE INDEX "comments_unreviewed" ON "comments" USING btree ("id") WHERE unreviewed;--> statement-breakpoint
CREATE INDEX "comments_text" ON "comments" USING btree ("text_key","id") WHERE text_key is not null;--> statement-breakpoint
CREATE INDEX "comments_picked" ON "comments" USING btree ("article_id","id") WHERE picked_at is not null;--> statement-breakpoint
CREATE INDEX "comments_by_author" ON "comments" USING btree ("article_id","id") WHERE by_author;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_secret_hash_unique" UNIQUE("secret_hash");
--> statement-breakpoint
-- What was a state's reason stood beside the notice.
UPDATE "commenting_states" SET "note" = "reason";
--> statement-breakpoint
-- The log learns of each act which article it belongs to, and is closed again.
ALTER TABLE "actions" DISABLE TRIGGER "actions_not_changed";
--> statement-breakpoint
UPDATE "actions" SET "in_article_id" = coalesce("article_id", (SELECT "article_id" FROM "comments" WHERE "comments"."id" = "actions"."comment_id"));
--> statement-breakpoint
ALTER TABLE "actions" ENABLE TRIGGER "actions_not_changed";
