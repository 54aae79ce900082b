DROP INDEX "reply_remote";--> statement-breakpoint
CREATE UNIQUE INDEX "reply_remote" ON "reply" USING btree ("brand_id","network","remote_id","instance") WHERE remote_id is not null;