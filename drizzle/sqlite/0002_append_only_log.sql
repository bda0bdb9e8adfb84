-- The log of acts of staff is only ever added to.
CREATE TRIGGER `actions_not_updated` BEFORE UPDATE ON `actions`
BEGIN
	SELECT RAISE(ABORT, 'The log of acts is append-only.');
END;
--> statement-breakpoint
CREATE TRIGGER `actions_not_deleted` BEFORE DELETE ON `actions`
BEGIN
	SELECT RAISE(ABORT, 'The log of acts is append-only.');
END;
