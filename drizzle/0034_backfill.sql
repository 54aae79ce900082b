CREATE TABLE "backfill" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"cursor" text,
	"reached_at" timestamp (3) with time zone,
	"oldest_at" timestamp (3) with time zone,
	"found" integer DEFAULT 0 NOT NULL,
	"stored" integer DEFAULT 0 NOT NULL,
	"known" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"micro_usd" bigint DEFAULT 0 NOT NULL,
	"cap_micro_usd" bigint,
	"next_at" timestamp (3) with time zone NOT NULL,
	"put_off" text,
	"trouble" text,
	"failures" smallint DEFAULT 0 NOT NULL,
	"by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "backfill" ADD CONSTRAINT "backfill_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "backfill_recent" ON "backfill" USING btree ("source_id","asked_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "backfill_one" ON "backfill" USING btree ("source_id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "backfill_due" ON "backfill" USING btree ("next_at") WHERE state = 'running';