-- Named lists are a brand's own (I5), as drizzle/0001_brand_isolation.sql has it for the tables of its day.
ALTER TABLE "named_list" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "named_list" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "named_list" TO deputize_brand;
