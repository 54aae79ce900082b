ALTER TABLE "mention" DROP CONSTRAINT "mention_source_id_source_id_fk";
--> statement-breakpoint
DROP INDEX "mention_band_age";--> statement-breakpoint
CREATE INDEX "mention_band_age" ON "mention_band" USING brin ("at");