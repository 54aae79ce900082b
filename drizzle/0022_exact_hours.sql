ALTER TABLE "response_hours" ALTER COLUMN "claims" SET DATA TYPE double precision[];--> statement-breakpoint
ALTER TABLE "response_hours" ALTER COLUMN "open" SET DATA TYPE double precision[];