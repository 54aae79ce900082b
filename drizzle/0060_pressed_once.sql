ALTER TABLE "bulk_act" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "note" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_once" UNIQUE("escalation_id","author_id","key");