ALTER TABLE "mention" ADD COLUMN "kept_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mention" ADD COLUMN "forgotten_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "mention_kept" ON "mention" USING btree ("brand_id","kept_until") WHERE kept_until is not null and forgotten_at is null;--> statement-breakpoint
CREATE INDEX "mention_wordless" ON "mention" USING btree ("brand_id") WHERE forgotten_at is not null and state in ('new', 'triaged', 'offered', 'triage');