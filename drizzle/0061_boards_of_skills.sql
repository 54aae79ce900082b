ALTER TABLE "ledger" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "skills" text[] DEFAULT '{}' NOT NULL;