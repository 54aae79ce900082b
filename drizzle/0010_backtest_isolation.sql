-- Brand isolation (I5) of what `backtest` made, as 0001 does for the tables of its day.
ALTER TABLE "backtest" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "backtest" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "backtest" TO deputize_brand;--> statement-breakpoint
ALTER TABLE "backtest_move" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "backtest_move" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
-- A move is written once, and goes with its backtest.
GRANT SELECT, INSERT, DELETE ON "backtest_move" TO deputize_brand;
