CREATE TABLE "practice" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"post" text NOT NULL,
	"act" text NOT NULL,
	"well" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "practice_member_id_post_pk" PRIMARY KEY("member_id","post")
);
--> statement-breakpoint
ALTER TABLE "practice" ADD CONSTRAINT "practice_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;