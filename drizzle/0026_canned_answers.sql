CREATE TABLE "canned_answer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"language" text,
	"skills" text[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "canned_answer_title" UNIQUE("brand_id","title")
);
--> statement-breakpoint
ALTER TABLE "canned_answer" ADD CONSTRAINT "canned_answer_changed_by_auth_user_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reply_accepted" ON "reply" USING btree ("brand_id","sent_at" DESC NULLS LAST) WHERE state = 'sent' and (outcome = 'thanked' or approved_by is not null);