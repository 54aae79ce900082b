CREATE TABLE "response_hours" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"hours" smallint[] NOT NULL,
	"claims" real[] NOT NULL,
	"open" real[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skill_evidence" (
	"member_id" uuid NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"skill" text NOT NULL,
	"good" double precision NOT NULL,
	"bad" double precision NOT NULL,
	"accepted" integer NOT NULL,
	"thanked" integer NOT NULL,
	"corrected" integer NOT NULL,
	"returned" integer NOT NULL,
	"complained" integer NOT NULL,
	"passed" integer NOT NULL,
	CONSTRAINT "skill_evidence_member_id_skill_pk" PRIMARY KEY("member_id","skill")
);
--> statement-breakpoint
ALTER TABLE "response_hours" ADD CONSTRAINT "response_hours_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_evidence" ADD CONSTRAINT "skill_evidence_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;