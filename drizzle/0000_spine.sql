CREATE TABLE "brand" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"settings" jsonb NOT NULL,
	"policy_version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "brand_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"policy_version" integer,
	"by" text NOT NULL,
	"facts" jsonb NOT NULL,
	"destination" text NOT NULL,
	"rule" text,
	"reason" text NOT NULL,
	"action" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"note" text NOT NULL,
	"author" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "policy_version" UNIQUE("brand_id","version")
);
--> statement-breakpoint
CREATE TABLE "escalation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"team" text NOT NULL,
	"priority" text NOT NULL,
	"origin" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"assignee_id" uuid,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_reason" text,
	CONSTRAINT "escalation_mention" UNIQUE("mention_id")
);
--> statement-breakpoint
CREATE TABLE "note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"escalation_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth_account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"provider_id" text NOT NULL,
	"account_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_account_provider" UNIQUE("provider_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth_verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"points" integer NOT NULL,
	"reason" text NOT NULL,
	"key" text NOT NULL,
	"weights" text NOT NULL,
	"reply_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_key" UNIQUE("brand_id","key")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"actor" text NOT NULL,
	"act" text NOT NULL,
	"target" text NOT NULL,
	"details" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"kind" text NOT NULL,
	"mention_id" uuid,
	"member_ids" uuid[],
	"actor" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "classification" (
	"mention_id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"model" text NOT NULL,
	"language" text NOT NULL,
	"sentiment" text NOT NULL,
	"intent" text NOT NULL,
	"anger" real NOT NULL,
	"result" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mention" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"native_id" text NOT NULL,
	"url" text,
	"kind" text NOT NULL,
	"author_id" text NOT NULL,
	"author_handle" text NOT NULL,
	"author_name" text,
	"author_followers" integer,
	"text" text NOT NULL,
	"language_hint" text,
	"parent_id" text,
	"root_id" text,
	"answers_reply_id" uuid,
	"addressed" boolean NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"hand_over_at" timestamp (3) with time zone,
	"cluster_id" uuid,
	"holder_id" uuid,
	"lease_until" timestamp (3) with time zone,
	"wave" smallint DEFAULT 0 NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"trouble" text,
	CONSTRAINT "mention_once" UNIQUE("brand_id","network","instance","native_id"),
	CONSTRAINT "mention_text" CHECK (length("mention"."text") between 1 and 10000),
	CONSTRAINT "mention_native_id" CHECK (length("mention"."native_id") between 1 and 512),
	CONSTRAINT "mention_holder" CHECK (("mention"."state" = 'claimed') = ("mention"."holder_id" is not null and "mention"."lease_until" is not null))
);
--> statement-breakpoint
CREATE TABLE "mention_band" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"band" bigint NOT NULL,
	"mention_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mention_band_brand_id_band_mention_id_pk" PRIMARY KEY("brand_id","band","mention_id")
);
--> statement-breakpoint
CREATE TABLE "offer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"state" text NOT NULL,
	"why" jsonb NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"pass_reason" text,
	"guidance" text,
	CONSTRAINT "offer_once" UNIQUE("mention_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "linked_account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"member_id" uuid,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"handle" text NOT NULL,
	"secret" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "linked_account_once" UNIQUE("brand_id","network","instance","handle")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"languages" text[] NOT NULL,
	"capacity" integer NOT NULL,
	"load" integer DEFAULT 0 NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"quiet" jsonb,
	"rank" text DEFAULT 'newcomer' NOT NULL,
	"granted_rank" text DEFAULT 'newcomer' NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_once" UNIQUE("brand_id","user_id"),
	CONSTRAINT "member_load" CHECK ("member"."load" >= 0)
);
--> statement-breakpoint
CREATE TABLE "member_skill" (
	"member_id" uuid NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"skill" text NOT NULL,
	"level" real NOT NULL,
	CONSTRAINT "member_skill_member_id_skill_pk" PRIMARY KEY("member_id","skill")
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"standing" text DEFAULT 'trusted' NOT NULL,
	"team" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "membership_once" UNIQUE("brand_id","user_id","role")
);
--> statement-breakpoint
CREATE TABLE "reply" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"author_kind" text NOT NULL,
	"user_id" uuid NOT NULL,
	"member_id" uuid,
	"voice" text NOT NULL,
	"account_id" uuid NOT NULL,
	"text" text NOT NULL,
	"edited_from" text,
	"state" text NOT NULL,
	"key" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"send_after" timestamp (3) with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"sending_at" timestamp (3) with time zone,
	"approved_by" uuid,
	"approved_at" timestamp (3) with time zone,
	"note" text,
	"sent_at" timestamp (3) with time zone,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"remote_id" text,
	"url" text,
	"outcome" text,
	"outcome_at" timestamp (3) with time zone,
	"metrics" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"checks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "reply_key" UNIQUE("brand_id","key"),
	CONSTRAINT "reply_sent" CHECK ("reply"."state" <> 'sent' or "reply"."sent_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "refusal" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"day" date NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "refusal_source_id_reason_day_pk" PRIMARY KEY("source_id","reason","day")
);
--> statement-breakpoint
CREATE TABLE "rejected_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"raw" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"name" text NOT NULL,
	"listen" jsonb NOT NULL,
	"settings" text,
	"cursor" text,
	"state" text DEFAULT 'on' NOT NULL,
	"poll_every_seconds" integer DEFAULT 15 NOT NULL,
	"next_poll_at" timestamp (3) with time zone NOT NULL,
	"last_poll_at" timestamp (3) with time zone,
	"last_item_at" timestamp (3) with time zone,
	"trouble" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"gaps" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_assignee_id_auth_user_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_escalation_id_escalation_id_fk" FOREIGN KEY ("escalation_id") REFERENCES "public"."escalation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_author_id_auth_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classification" ADD CONSTRAINT "classification_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mention" ADD CONSTRAINT "mention_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offer" ADD CONSTRAINT "offer_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "linked_account" ADD CONSTRAINT "linked_account_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_skill" ADD CONSTRAINT "member_skill_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply" ADD CONSTRAINT "reply_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply" ADD CONSTRAINT "reply_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply" ADD CONSTRAINT "reply_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply" ADD CONSTRAINT "reply_account_id_linked_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply" ADD CONSTRAINT "reply_approved_by_auth_user_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refusal" ADD CONSTRAINT "refusal_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decision_mention" ON "decision" USING btree ("mention_id","at");--> statement-breakpoint
CREATE INDEX "decision_recent" ON "decision" USING btree ("brand_id","at");--> statement-breakpoint
CREATE INDEX "escalation_inbox" ON "escalation" USING btree ("brand_id","due_at","id") WHERE state in ('open', 'assigned');--> statement-breakpoint
CREATE INDEX "escalation_recent" ON "escalation" USING btree ("brand_id","due_at","id");--> statement-breakpoint
CREATE INDEX "note_case" ON "note" USING btree ("escalation_id","at");--> statement-breakpoint
CREATE INDEX "auth_account_user" ON "auth_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_session_user" ON "auth_session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_verification_identifier" ON "auth_verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "ledger_member" ON "ledger" USING btree ("member_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "ledger_board" ON "ledger" USING btree ("brand_id","at");--> statement-breakpoint
CREATE INDEX "audit_recent" ON "audit" USING btree ("brand_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "event_stream" ON "event" USING btree ("brand_id","xid","id");--> statement-breakpoint
CREATE INDEX "event_kind" ON "event" USING btree ("brand_id","kind","at");--> statement-breakpoint
CREATE INDEX "event_mention" ON "event" USING btree ("mention_id") WHERE mention_id is not null;--> statement-breakpoint
CREATE INDEX "mention_waiting" ON "mention" USING btree ("brand_id","state_at") WHERE state in ('new', 'triaged', 'offered', 'claimed');--> statement-breakpoint
CREATE INDEX "mention_late" ON "mention" USING btree ("brand_id","hand_over_at") WHERE state in ('triaged', 'offered');--> statement-breakpoint
CREATE INDEX "mention_recent" ON "mention" USING btree ("brand_id","received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mention_triage" ON "mention" USING btree ("brand_id","due_at","id") WHERE state = 'triage';--> statement-breakpoint
CREATE INDEX "mention_cluster" ON "mention" USING btree ("cluster_id") WHERE cluster_id is not null;--> statement-breakpoint
CREATE INDEX "mention_band_age" ON "mention_band" USING btree ("at");--> statement-breakpoint
CREATE INDEX "offer_feed" ON "offer" USING btree ("member_id","offered_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "offer_live" ON "offer" USING btree ("brand_id","expires_at") WHERE state in ('open', 'claimed');--> statement-breakpoint
CREATE INDEX "linked_account_member" ON "linked_account" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "membership_user" ON "membership" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reply_one_live" ON "reply" USING btree ("mention_id") WHERE state in ('awaiting-approval', 'queued', 'sending', 'sent', 'unknown');--> statement-breakpoint
CREATE INDEX "reply_outbox" ON "reply" USING btree ("send_after") WHERE state in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "reply_remote" ON "reply" USING btree ("brand_id","network","remote_id") WHERE remote_id is not null;--> statement-breakpoint
CREATE INDEX "reply_mine" ON "reply" USING btree ("user_id","requested_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reply_approval" ON "reply" USING btree ("brand_id","requested_at","id") WHERE state in ('awaiting-approval', 'unknown');--> statement-breakpoint
CREATE INDEX "reply_check" ON "reply" USING btree ("checked_at") WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX "rejected_item_recent" ON "rejected_item" USING btree ("source_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "source_due" ON "source" USING btree ("next_poll_at") WHERE state = 'on';