CREATE TABLE "application" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"languages" text[] NOT NULL,
	"skills" text[] NOT NULL,
	"answers" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"invite_id" uuid
);
--> statement-breakpoint
ALTER TABLE "application" ADD CONSTRAINT "application_invite_id_invite_id_fk" FOREIGN KEY ("invite_id") REFERENCES "public"."invite"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "application_open_once" ON "application" USING btree ("brand_id","email") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "application_old" ON "application" USING btree ("brand_id",coalesce("decided_at", "created_at"));