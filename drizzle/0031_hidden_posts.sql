CREATE TABLE "hidden_post" (
	"mention_id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"author_name" text,
	"url" text,
	"closed" jsonb,
	"hidden_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"certain" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "recheck_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "recheck_asked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "recheck_gone" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "braked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "hidden_post" ADD CONSTRAINT "hidden_post_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hidden_post_source" ON "hidden_post" USING btree ("source_id");