CREATE TABLE `account_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`actor_id` text,
	`note` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `account_notes_account` ON `account_notes` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`statement_id` text NOT NULL,
	`account_id` text NOT NULL,
	`words` text NOT NULL,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`outcome` text,
	`answer` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`statement_id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_statement_id_unique` ON `appeals` (`statement_id`);--> statement-breakpoint
CREATE INDEX `appeals_open` ON `appeals` (`id`) WHERE decided_at is null;--> statement-breakpoint
CREATE TABLE `claims` (
	`subject` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claims_account` ON `claims` (`account_id`);--> statement-breakpoint
CREATE TABLE `corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`note` text NOT NULL,
	`problem_id` text,
	`actor_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`problem_id`) REFERENCES `problems`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `corrections_article` ON `corrections` (`article_id`,`id`);--> statement-breakpoint
CREATE TABLE `decision_times` (
	`action_id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`seconds` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`action_id`) REFERENCES `actions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `decision_times_created` ON `decision_times` (`created_at`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`unsubscribe_url` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	`sent_at` integer,
	`failed_at` integer,
	`last_error` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`next_at`) WHERE sent_at is null and failed_at is null;--> statement-breakpoint
CREATE TABLE `problems` (
	`id` text PRIMARY KEY NOT NULL,
	`article_id` text NOT NULL,
	`version` integer NOT NULL,
	`passage` text DEFAULT '' NOT NULL,
	`passage_key` text,
	`kind` text NOT NULL,
	`words` text NOT NULL,
	`account_id` text,
	`guest_email` text,
	`comment_id` text,
	`status` text DEFAULT 'received' NOT NULL,
	`answer` text DEFAULT '' NOT NULL,
	`secret_hash` text,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `problems_secret_hash_unique` ON `problems` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `problems_open` ON `problems` (`id`) WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX `problems_article` ON `problems` (`article_id`,`id`);--> statement-breakpoint
CREATE INDEX `problems_account` ON `problems` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `sanctions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`ground` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`actor_id` text,
	`created_at` integer NOT NULL,
	`until` integer,
	`acknowledged_at` integer,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sanctions_account` ON `sanctions` (`account_id`,`id`);--> statement-breakpoint
CREATE TABLE `screenings` (
	`comment_id` text NOT NULL,
	`revision` integer NOT NULL,
	`phase` text NOT NULL,
	`verdict` text NOT NULL,
	`harm` integer NOT NULL,
	`words` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`comment_id`, `revision`, `phase`),
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`actor_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`actor_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `settings_key` ON `settings` (`key`,`id`);--> statement-breakpoint
CREATE TABLE `statements` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`restriction` text NOT NULL,
	`action_id` text NOT NULL,
	`comment_id` text,
	`sanction_id` text,
	`ground` text NOT NULL,
	`law` text DEFAULT '' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`automatic` integer DEFAULT false NOT NULL,
	`until` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`action_id`) REFERENCES `actions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sanction_id`) REFERENCES `sanctions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `statements_account` ON `statements` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `statements_comment` ON `statements` (`comment_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `statements_action` ON `statements` (`action_id`,`account_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`comment_id` text,
	`statement_id` text,
	`problem_id` text,
	`created_at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`statement_id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`problem_id`) REFERENCES `problems`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_notifications`("id", "account_id", "kind", "comment_id", "statement_id", "problem_id", "created_at", "read_at") SELECT "id", "account_id", "kind", "comment_id", NULL, NULL, "created_at", "read_at" FROM `notifications`;--> statement-breakpoint
DROP TABLE `notifications`;--> statement-breakpoint
ALTER TABLE `__new_notifications` RENAME TO `notifications`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_once` ON `notifications` (`account_id`,`comment_id`);--> statement-breakpoint
CREATE INDEX `notifications_account` ON `notifications` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`account_id`) WHERE read_at is null;--> statement-breakpoint
CREATE INDEX `notifications_comment` ON `notifications` (`comment_id`);--> statement-breakpoint
CREATE TABLE `__new_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`comment_id` text NOT NULL,
	`revision` integer NOT NULL,
	`account_id` text,
	`guest_name` text,
	`guest_email` text,
	`reason` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`law` text DEFAULT '' NOT NULL,
	`weight` integer DEFAULT 100 NOT NULL,
	`secret_hash` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	`outcome` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_reports`("id", "comment_id", "revision", "account_id", "guest_name", "guest_email", "reason", "note", "law", "weight", "secret_hash", "created_at", "settled_at", "settled_by", "outcome") SELECT "id", "comment_id", "revision", "account_id", NULL, NULL, "reason", "note", '', 100, NULL, "created_at", "settled_at", "settled_by", NULL FROM `reports`;--> statement-breakpoint
DROP TABLE `reports`;--> statement-breakpoint
ALTER TABLE `__new_reports` RENAME TO `reports`;--> statement-breakpoint
CREATE UNIQUE INDEX `reports_secret_hash_unique` ON `reports` (`secret_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_once` ON `reports` (`comment_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `reports_account` ON `reports` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `reports_open` ON `reports` (`comment_id`,`id`) WHERE settled_at is null;--> statement-breakpoint
ALTER TABLE `accounts` ADD `approval_required_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `warning_id` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `moderates` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `reports_upheld` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `reports_dismissed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `actions` ADD `problem_id` text REFERENCES problems(id);--> statement-breakpoint
ALTER TABLE `actions` ADD `in_article_id` text REFERENCES articles(id);--> statement-breakpoint
ALTER TABLE `actions` ADD `ground` text;--> statement-breakpoint
ALTER TABLE `actions` ADD `reverses` text REFERENCES actions(id);--> statement-breakpoint
CREATE INDEX `actions_kind` ON `actions` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `actions_in_article` ON `actions` (`in_article_id`,`id`);--> statement-breakpoint
CREATE INDEX `actions_reverses` ON `actions` (`reverses`) WHERE reverses is not null;--> statement-breakpoint
ALTER TABLE `articles` ADD `slow_mode` text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `slow_seconds` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `close_after_days` integer;--> statement-breakpoint
ALTER TABLE `articles` ADD `close_after_silent_days` integer;--> statement-breakpoint
ALTER TABLE `articles` ADD `open_hours` text;--> statement-breakpoint
ALTER TABLE `articles` ADD `message` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `message_html` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `author_here` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `articles` ADD `staff_may_speak` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `articles_commenting` ON `articles` (`commenting`,`published_at`);--> statement-breakpoint
ALTER TABLE `commenting_states` ADD `note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `harm` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `report_weight` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `folded_at` integer;--> statement-breakpoint
ALTER TABLE `comments` ADD `unreviewed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `text_key` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `ground` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `picked_at` integer;--> statement-breakpoint
ALTER TABLE `comments` ADD `by_author` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `comments_unreviewed` ON `comments` (`id`) WHERE unreviewed;--> statement-breakpoint
CREATE INDEX `comments_text` ON `comments` (`text_key`,`id`) WHERE text_key is not null;--> statement-breakpoint
CREATE INDEX `comments_picked` ON `comments` (`article_id`,`id`) WHERE picked_at is not null;--> statement-breakpoint
CREATE INDEX `comments_by_author` ON `comments` (`article_id`,`id`) WHERE by_author;
--> statement-breakpoint
-- What was a state's reason stood beside the notice.
UPDATE `commenting_states` SET `note` = `reason`;
--> statement-breakpoint
-- The log learns of each act which article it belongs to, and is closed again.
DROP TRIGGER `actions_not_updated`;
--> statement-breakpoint
UPDATE `actions` SET `in_article_id` = coalesce(`article_id`, (SELECT `article_id` FROM `comments` WHERE `comments`.`id` = `actions`.`comment_id`));
--> statement-breakpoint
CREATE TRIGGER `actions_not_updated` BEFORE UPDATE ON `actions`
BEGIN
	SELECT RAISE(ABORT, 'The log of acts is append-only.');
END;
