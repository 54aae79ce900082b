CREATE TABLE "reply_part" (
	"reply_id" uuid NOT NULL,
	"nth" smallint NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"key" uuid NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"send_after" timestamp (3) with time zone,
	"sending_at" timestamp (3) with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"checks" smallint DEFAULT 0 NOT NULL,
	"note" text,
	"network" text NOT NULL,
	"instance" text,
	"remote_id" text,
	"url" text,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "reply_part_reply_id_nth_pk" PRIMARY KEY("reply_id","nth"),
	CONSTRAINT "reply_part_sent" CHECK ("reply_part"."state" <> 'sent' or "reply_part"."sent_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "reply" ADD COLUMN "thread" text;--> statement-breakpoint
ALTER TABLE "reply_part" ADD CONSTRAINT "reply_part_reply_id_reply_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."reply"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reply_part_outbox" ON "reply_part" USING btree ("send_after") WHERE send_after is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "reply_part_remote" ON "reply_part" USING btree ("brand_id","network","remote_id","instance") WHERE remote_id is not null;--> statement-breakpoint
CREATE INDEX "reply_part_nameless" ON "reply_part" USING btree ("brand_id","network") WHERE remote_id is null and state in ('sending', 'sent', 'unknown', 'pending');