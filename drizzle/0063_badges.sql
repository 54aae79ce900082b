CREATE TABLE "member_badge" (
	"member_id" uuid NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"badge" text NOT NULL,
	"skill" text DEFAULT '' NOT NULL,
	"reply_ids" uuid[] NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"lost_at" timestamp (3) with time zone,
	CONSTRAINT "member_badge_member_id_badge_skill_pk" PRIMARY KEY("member_id","badge","skill")
);
--> statement-breakpoint
ALTER TABLE "member_badge" ADD CONSTRAINT "member_badge_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "member_badge_held" ON "member_badge" USING btree ("brand_id","badge") WHERE lost_at is null;