CREATE TABLE "webhook_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"target_id" uuid NOT NULL,
	"type" text NOT NULL,
	"event_xid" "xid8",
	"event_id" bigint,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"answer" text,
	"sent_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_delivery_once" UNIQUE("target_id","event_xid","event_id","type")
);
--> statement-breakpoint
CREATE TABLE "webhook_target" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"types" text[] NOT NULL,
	"sealed" text NOT NULL,
	"address" text NOT NULL,
	"state" text DEFAULT 'on' NOT NULL,
	"reason" text,
	"failing_since" timestamp (3) with time zone,
	"read_xid" "xid8" DEFAULT pg_snapshot_xmin(pg_current_snapshot()) NOT NULL,
	"read_id" bigint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_target_id_webhook_target_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."webhook_target"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" USING btree ("next_at") WHERE state in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX "webhook_delivery_of_target" ON "webhook_delivery" USING btree ("target_id","at","id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_old" ON "webhook_delivery" USING btree ("at");--> statement-breakpoint
CREATE INDEX "webhook_target_of_brand" ON "webhook_target" USING btree ("brand_id","id");