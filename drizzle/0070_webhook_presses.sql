ALTER TABLE "webhook_delivery" ADD COLUMN "trouble" text;--> statement-breakpoint
ALTER TABLE "webhook_target" ADD COLUMN "made_by" text;--> statement-breakpoint
ALTER TABLE "webhook_target" ADD COLUMN "secret_by" text;--> statement-breakpoint
ALTER TABLE "webhook_target" ADD CONSTRAINT "webhook_target_made_once" UNIQUE("brand_id","made_by");--> statement-breakpoint
-- Of addresses already there no more is shown than of new ones, and why one was switched off has a name now.
update webhook_target set address = regexp_replace(address, '^(https?://[^/]+)/.*$', '\1/…') where kind = 'standard';
--> statement-breakpoint
update webhook_target set reason = case when reason like '%410%' then 'gone' else 'failing' end where reason is not null;
