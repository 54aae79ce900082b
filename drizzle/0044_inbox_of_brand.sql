-- What staff keep in the inbox is a brand's own (I5), as drizzle/0001_brand_isolation.sql has it for the tables of its day.
ALTER TABLE "label" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "label" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "label" TO deputize_brand;--> statement-breakpoint
ALTER TABLE "case_label" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "case_label" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "case_label" TO deputize_brand;--> statement-breakpoint
ALTER TABLE "macro" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "macro" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "macro" TO deputize_brand;--> statement-breakpoint
ALTER TABLE "bulk_act" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "bulk_act" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "bulk_act" TO deputize_brand;--> statement-breakpoint
ALTER TABLE "expert_thread" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "expert_thread" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "expert_thread" TO deputize_brand;--> statement-breakpoint
ALTER TABLE "expert_message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "expert_message" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "expert_message" TO deputize_brand;
