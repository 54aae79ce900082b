DROP INDEX "api_key_recent";--> statement-breakpoint
DROP INDEX "backfill_recent";--> statement-breakpoint
DROP INDEX "backtest_recent";--> statement-breakpoint
DROP INDEX "correction_recent";--> statement-breakpoint
DROP INDEX "expert_thread_recent";--> statement-breakpoint
DROP INDEX "ledger_member";--> statement-breakpoint
DROP INDEX "audit_recent";--> statement-breakpoint
DROP INDEX "mention_recent";--> statement-breakpoint
DROP INDEX "offer_feed";--> statement-breakpoint
DROP INDEX "invite_recent";--> statement-breakpoint
DROP INDEX "membership_recent";--> statement-breakpoint
DROP INDEX "reply_mine";--> statement-breakpoint
DROP INDEX "reply_accepted";--> statement-breakpoint
DROP INDEX "rejected_item_recent";--> statement-breakpoint
DROP INDEX "storm_recent";--> statement-breakpoint
CREATE INDEX "api_key_recent" ON "api_key" USING btree ("brand_id","id");--> statement-breakpoint
CREATE INDEX "backfill_recent" ON "backfill" USING btree ("source_id","asked_at","id");--> statement-breakpoint
CREATE INDEX "backtest_recent" ON "backtest" USING btree ("brand_id","asked_at","id");--> statement-breakpoint
CREATE INDEX "correction_recent" ON "correction" USING btree ("brand_id","at","id");--> statement-breakpoint
CREATE INDEX "expert_thread_recent" ON "expert_thread" USING btree ("brand_id","at","id");--> statement-breakpoint
CREATE INDEX "ledger_member" ON "ledger" USING btree ("member_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_recent" ON "audit" USING btree ("brand_id","at","id");--> statement-breakpoint
CREATE INDEX "mention_recent" ON "mention" USING btree ("brand_id","received_at","id");--> statement-breakpoint
CREATE INDEX "offer_feed" ON "offer" USING btree ("member_id","offered_at","id");--> statement-breakpoint
CREATE INDEX "invite_recent" ON "invite" USING btree ("brand_id","id");--> statement-breakpoint
CREATE INDEX "membership_recent" ON "membership" USING btree ("brand_id","id");--> statement-breakpoint
CREATE INDEX "reply_mine" ON "reply" USING btree ("user_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "reply_accepted" ON "reply" USING btree ("brand_id","sent_at") WHERE state = 'sent' and (outcome = 'thanked' or approved_by is not null);--> statement-breakpoint
CREATE INDEX "rejected_item_recent" ON "rejected_item" USING btree ("source_id","at");--> statement-breakpoint
CREATE INDEX "storm_recent" ON "storm" USING btree ("brand_id","began_at","id");