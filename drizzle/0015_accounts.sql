CREATE TABLE "link_attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"member_id" uuid,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"state_hash" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"keep" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "link_attempt_state" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "network_app" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"settings" text NOT NULL,
	"redirect_uri" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "network_app_once" UNIQUE("brand_id","network","instance")
);
--> statement-breakpoint
ALTER TABLE "linked_account" DROP CONSTRAINT "linked_account_once";--> statement-breakpoint
ALTER TABLE "linked_account" ALTER COLUMN "secret" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "remote_id" text;--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "way" text DEFAULT 'token' NOT NULL;--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "scopes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "state" text DEFAULT 'linked' NOT NULL;--> statement-breakpoint
ALTER TABLE "linked_account" ADD COLUMN "trouble" text;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "link_attempt" ADD CONSTRAINT "link_attempt_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "link_attempt" ADD CONSTRAINT "link_attempt_member_id_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."member"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "link_attempt_expired" ON "link_attempt" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "source" ADD CONSTRAINT "source_account_id_linked_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."linked_account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "linked_account_once" ON "linked_account" USING btree ("brand_id","network","instance",coalesce("remote_id", "handle")) WHERE state <> 'unlinked';--> statement-breakpoint
CREATE UNIQUE INDEX "linked_account_own" ON "linked_account" USING btree ("member_id","network","instance") WHERE state <> 'unlinked' and member_id is not null;