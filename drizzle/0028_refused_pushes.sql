CREATE TABLE "refused_push" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"day" date NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refused_push_source_id_reason_day_pk" PRIMARY KEY("source_id","reason","day")
);
--> statement-breakpoint
ALTER TABLE "refused_push" ADD CONSTRAINT "refused_push_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;