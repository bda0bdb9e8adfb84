CREATE TABLE `follows` (
	`account_id` text NOT NULL,
	`article_id` text NOT NULL,
	`root_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `article_id`, `root_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`article_id`) REFERENCES `articles`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `follows_subject` ON `follows` (`article_id`,`root_id`);--> statement-breakpoint
CREATE TABLE `mutes` (
	`account_id` text NOT NULL,
	`muted_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `muted_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`muted_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`comment_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_once` ON `notifications` (`account_id`,`comment_id`);--> statement-breakpoint
CREATE INDEX `notifications_account` ON `notifications` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`account_id`) WHERE read_at is null;--> statement-breakpoint
CREATE INDEX `notifications_comment` ON `notifications` (`comment_id`);--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`comment_id` text NOT NULL,
	`revision` integer NOT NULL,
	`account_id` text NOT NULL,
	`reason` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	FOREIGN KEY (`comment_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_once` ON `reports` (`comment_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `reports_account` ON `reports` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `reports_open` ON `reports` (`comment_id`,`id`) WHERE settled_at is null;--> statement-breakpoint
DROP INDEX `quotes_source_comment`;--> statement-breakpoint
DROP INDEX `quotes_source_article`;--> statement-breakpoint
ALTER TABLE `quotes` ADD `passage` text;--> statement-breakpoint
ALTER TABLE `quotes` ADD `standing` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `quotes_source_comment` ON `quotes` (`source_comment_id`,`comment_id`);--> statement-breakpoint
CREATE INDEX `quotes_source_article` ON `quotes` (`source_article_id`,`passage`,`comment_id`);--> statement-breakpoint
ALTER TABLE `comments` ADD `changed_in` integer;--> statement-breakpoint
CREATE INDEX `comments_replied` ON `comments` (`listed_in`,`reply_count`,`id`);--> statement-breakpoint
CREATE INDEX `comments_changed` ON `comments` (`article_id`,`changed_in`) WHERE changed_in is not null;