-- Canned answers are a brand's own (I5), as drizzle/0001_brand_isolation.sql has it for the tables of its day.
ALTER TABLE "canned_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "canned_answer" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "canned_answer" TO deputize_brand;
