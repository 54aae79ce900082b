CREATE TABLE "avoided_author" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"author_id" text NOT NULL,
	"handle" text NOT NULL,
	"how" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "avoided_author_once" UNIQUE("member_id","network","instance","author_id")
);
--> statement-breakpoint
ALTER TABLE "avoided_author" ADD CONSTRAINT "avoided_author_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "avoided_author_of" ON "avoided_author" USING btree ("brand_id","network","instance","author_id");