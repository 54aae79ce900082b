ALTER TABLE "invite" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "handle" text;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "network" text;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "instance" text;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "remote_id" text;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "trust_level" integer;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "languages" text[];--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "skills" jsonb;--> statement-breakpoint
ALTER TABLE "invite" ADD COLUMN "rank" text DEFAULT 'newcomer' NOT NULL;--> statement-breakpoint
CREATE INDEX "invite_account" ON "invite" USING btree ("brand_id","network","instance","remote_id") WHERE remote_id is not null;