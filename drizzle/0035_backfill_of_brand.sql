-- Brand isolation (I5) of what `backfill` made, as 0001 does for the tables of its day.
ALTER TABLE "backfill" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "backfill" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "backfill" TO deputize_brand;
