CREATE TABLE "reply_picture" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"reply_id" uuid,
	"place" smallint DEFAULT 0 NOT NULL,
	"key" text NOT NULL,
	"data" "bytea" NOT NULL,
	"type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"sha256" text NOT NULL,
	"alt" text DEFAULT '' NOT NULL,
	"kept" text,
	"at" timestamp (3) with time zone NOT NULL,
	"delete_after" timestamp (3) with time zone,
	CONSTRAINT "reply_picture_once" UNIQUE("brand_id","user_id","key")
);
--> statement-breakpoint
ALTER TABLE "reply_picture" ADD CONSTRAINT "reply_picture_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_picture" ADD CONSTRAINT "reply_picture_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_picture" ADD CONSTRAINT "reply_picture_reply_id_reply_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."reply"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reply_picture_of_draft" ON "reply_picture" USING btree ("mention_id","user_id") WHERE reply_id is null;--> statement-breakpoint
CREATE INDEX "reply_picture_of_reply" ON "reply_picture" USING btree ("reply_id");--> statement-breakpoint
CREATE INDEX "reply_picture_due" ON "reply_picture" USING btree ("delete_after") WHERE delete_after is not null;