CREATE TABLE "named_list" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"entries" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "named_list_name" UNIQUE("brand_id","name")
);
--> statement-breakpoint
ALTER TABLE "brand" ADD COLUMN "lists_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "named_list" ADD CONSTRAINT "named_list_changed_by_auth_user_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;