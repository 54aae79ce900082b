CREATE TABLE "bulk_act" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"part" integer NOT NULL,
	"results" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bulk_act_brand_id_user_id_key_part_pk" PRIMARY KEY("brand_id","user_id","key","part")
);
--> statement-breakpoint
CREATE TABLE "case_label" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"escalation_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	CONSTRAINT "case_label_escalation_id_label_id_pk" PRIMARY KEY("escalation_id","label_id")
);
--> statement-breakpoint
CREATE TABLE "expert_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"from_staff" boolean NOT NULL,
	"text" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "expert_message_once" UNIQUE("thread_id","author_id","key")
);
--> statement-breakpoint
CREATE TABLE "expert_thread" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"waiting" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "expert_thread_once" UNIQUE("mention_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "label" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"name" text NOT NULL,
	"colour" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "label_name" UNIQUE("brand_id","name")
);
--> statement-breakpoint
CREATE TABLE "macro" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"name" text NOT NULL,
	"acts" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "macro_name" UNIQUE("brand_id","name")
);
--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "snoozed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "snooze_asked" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "snoozed_by" uuid;--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "escalation" ADD COLUMN "own_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "note" ADD COLUMN "mentions" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_act" ADD CONSTRAINT "bulk_act_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_label" ADD CONSTRAINT "case_label_escalation_id_escalation_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_label" ADD CONSTRAINT "case_label_label_id_label_id_fk" FOREIGN KEY ("label_id") REFERENCES "public"."label"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_message" ADD CONSTRAINT "expert_message_thread_id_expert_thread_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."expert_thread"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_message" ADD CONSTRAINT "expert_message_author_id_auth_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_thread" ADD CONSTRAINT "expert_thread_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_thread" ADD CONSTRAINT "expert_thread_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label" ADD CONSTRAINT "label_changed_by_auth_user_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "macro" ADD CONSTRAINT "macro_changed_by_auth_user_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_label_label" ON "case_label" USING btree ("label_id");--> statement-breakpoint
CREATE INDEX "expert_message_thread" ON "expert_message" USING btree ("thread_id","at");--> statement-breakpoint
CREATE INDEX "expert_thread_waiting" ON "expert_thread" USING btree ("brand_id","at","id") WHERE waiting;--> statement-breakpoint
CREATE INDEX "expert_thread_recent" ON "expert_thread" USING btree ("brand_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_snoozed_by_auth_user_id_fk" FOREIGN KEY ("snoozed_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_merged_into_escalation_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."escalation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "escalation_asleep" ON "escalation" USING btree ("brand_id","snoozed_until") WHERE snoozed_until is not null;--> statement-breakpoint
CREATE INDEX "escalation_merged" ON "escalation" USING btree ("merged_into") WHERE merged_into is not null;