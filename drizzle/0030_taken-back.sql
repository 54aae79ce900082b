DROP INDEX "reply_one_live";--> statement-breakpoint
DROP INDEX "reply_outbox";--> statement-breakpoint
ALTER TABLE "reply" ADD COLUMN "taken_back_by" uuid;--> statement-breakpoint
ALTER TABLE "reply" ADD COLUMN "taken_back_for" text;--> statement-breakpoint
ALTER TABLE "reply" ADD CONSTRAINT "reply_taken_back_by_auth_user_id_fk" FOREIGN KEY ("taken_back_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "reply_one_live" ON "reply" USING btree ("mention_id") WHERE state in ('awaiting-approval', 'queued', 'sending', 'sent', 'unknown', 'pending', 'by-hand', 'taking-back');--> statement-breakpoint
CREATE INDEX "reply_outbox" ON "reply" USING btree ("send_after") WHERE state in ('queued', 'sending', 'pending', 'by-hand', 'taking-back');