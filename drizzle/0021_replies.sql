DROP INDEX "reply_one_live";--> statement-breakpoint
DROP INDEX "reply_outbox";--> statement-breakpoint
DROP INDEX "reply_approval";--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "next_post_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mention" ADD COLUMN "closed" jsonb;--> statement-breakpoint
CREATE INDEX "reply_nameless" ON "reply" USING btree ("brand_id","network") WHERE remote_id is null and state in ('sending', 'sent', 'unknown', 'pending', 'by-hand');--> statement-breakpoint
CREATE INDEX "reply_account" ON "reply" USING btree ("account_id","sent_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reply_one_live" ON "reply" USING btree ("mention_id") WHERE state in ('awaiting-approval', 'queued', 'sending', 'sent', 'unknown', 'pending', 'by-hand');--> statement-breakpoint
CREATE INDEX "reply_outbox" ON "reply" USING btree ("send_after") WHERE state in ('queued', 'sending', 'pending', 'by-hand');--> statement-breakpoint
CREATE INDEX "reply_approval" ON "reply" USING btree ("brand_id","requested_at","id") WHERE state in ('awaiting-approval', 'unknown', 'pending');