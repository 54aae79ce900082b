CREATE TABLE "storm" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"seen" integer NOT NULL,
	"usual" double precision NOT NULL,
	"chance" double precision NOT NULL,
	"began_at" timestamp (3) with time zone NOT NULL,
	"calm_since" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "topic_count" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"topic" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"posts" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "topic_usual" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"topic" text NOT NULL,
	"posts" double precision NOT NULL,
	"slots" double precision NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "topic_usual_brand_id_topic_pk" PRIMARY KEY("brand_id","topic")
);
--> statement-breakpoint
ALTER TABLE "mention" ADD COLUMN "storm_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "storm_open" ON "storm" USING btree ("brand_id","kind","key") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "storm_recent" ON "storm" USING btree ("brand_id","began_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "topic_count_recent" ON "topic_count" USING btree ("brand_id","at");--> statement-breakpoint
CREATE INDEX "mention_storm" ON "mention" USING btree ("storm_id") WHERE storm_id is not null;