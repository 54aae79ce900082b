ALTER TABLE "escalation" ADD COLUMN "warn_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "warned_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "escalation_warning" ON "escalation" USING btree ("warn_at") WHERE warned_at is null and state in ('open', 'assigned');