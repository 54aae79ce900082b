ALTER TABLE "classification" DROP CONSTRAINT "classification_mention_id_mention_id_fk";
--> statement-breakpoint
ALTER TABLE "offer" DROP CONSTRAINT "offer_mention_id_mention_id_fk";
--> statement-breakpoint
ALTER TABLE "offer" DROP CONSTRAINT "offer_member_id_member_id_fk";
--> statement-breakpoint
DROP INDEX "event_stream";--> statement-breakpoint
ALTER TABLE "decision" ALTER COLUMN "facts" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "decision" ALTER COLUMN "action" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "event" DROP CONSTRAINT "event_pkey";--> statement-breakpoint
ALTER TABLE "classification" ALTER COLUMN "result" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "offer" ALTER COLUMN "why" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_stream" PRIMARY KEY("brand_id","xid","id");
