ALTER TABLE "lounge_message" ADD COLUMN "reported_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "lounge_message" ADD COLUMN "reported_by" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "lounge_message_reported" ON "lounge_message" USING btree ("brand_id","reported_at") WHERE reported_reason is not null;