ALTER TABLE "reply" ADD COLUMN "disclosure" text;--> statement-breakpoint
ALTER TABLE "reply" ADD COLUMN "undisclosed" boolean DEFAULT false NOT NULL;