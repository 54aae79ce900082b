CREATE TABLE "erasure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"about" jsonb,
	"mentions" integer DEFAULT 0 NOT NULL,
	"press" text NOT NULL,
	"by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "erasure_press" UNIQUE("brand_id","press")
);
--> statement-breakpoint
CREATE INDEX "erasure_running" ON "erasure" USING btree ("brand_id","id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "erasure_recent" ON "erasure" USING btree ("brand_id","asked_at","id");