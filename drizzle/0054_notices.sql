CREATE TABLE "notice_mailed" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notice_mailed_brand_id_user_id_key_pk" PRIMARY KEY("brand_id","user_id","key")
);
--> statement-breakpoint
CREATE TABLE "notice_settings" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone,
	"ways" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"digest" text DEFAULT 'at-once' NOT NULL,
	"daily_at" text DEFAULT '08:00' NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"quiet_from" text,
	"quiet_to" text,
	"version" integer DEFAULT 0 NOT NULL,
	"mailed_until" timestamp (3) with time zone,
	"next_mail_at" timestamp (3) with time zone,
	CONSTRAINT "notice_settings_brand_id_user_id_pk" PRIMARY KEY("brand_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "notice_mailed" ADD CONSTRAINT "notice_mailed_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_settings" ADD CONSTRAINT "notice_settings_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_mailed_old" ON "notice_mailed" USING btree ("at");--> statement-breakpoint
CREATE INDEX "notice_mail_due" ON "notice_settings" USING btree ("next_mail_at") WHERE next_mail_at is not null;