CREATE TABLE "answer_mark" (
	"answer_id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"better" text,
	"retired_for" text,
	"version" integer DEFAULT 0 NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "answer_proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"wrong" text NOT NULL,
	"better" text,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_proposal_once" UNIQUE("brand_id","user_id","key"),
	CONSTRAINT "answer_proposal_decided" CHECK (("answer_proposal"."state" = 'open') = ("answer_proposal"."decided_by" is null))
);
--> statement-breakpoint
CREATE TABLE "known_answer" (
	"answer_id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"kind" text NOT NULL,
	"network" text,
	"language" text,
	"skills" text[] NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"retired" boolean NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answer_mark" ADD CONSTRAINT "answer_mark_changed_by_auth_user_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_proposal" ADD CONSTRAINT "answer_proposal_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_proposal" ADD CONSTRAINT "answer_proposal_decided_by_auth_user_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "answer_proposal_open" ON "answer_proposal" USING btree ("answer_id","user_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "answer_proposal_pile" ON "answer_proposal" USING btree ("brand_id","at","id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "known_answer_words" ON "known_answer" USING gin ("words","skills");--> statement-breakpoint
CREATE INDEX "known_answer_recent" ON "known_answer" USING btree ("brand_id","retired","at","answer_id");