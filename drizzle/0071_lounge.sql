CREATE TABLE "lounge_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"thread_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"from_staff" boolean NOT NULL,
	"text" text,
	"removed_reason" text,
	"reported_reason" text,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lounge_message_once" UNIQUE("thread_id","author_id","key")
);
--> statement-breakpoint
CREATE TABLE "lounge_thread" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"title" text,
	"count" integer DEFAULT 0 NOT NULL,
	"closed_reason" text,
	"key" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lounge_thread_once" UNIQUE("brand_id","author_id","key")
);
--> statement-breakpoint
ALTER TABLE "lounge_message" ADD CONSTRAINT "lounge_message_thread_id_lounge_thread_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."lounge_thread"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lounge_message" ADD CONSTRAINT "lounge_message_author_id_auth_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lounge_thread" ADD CONSTRAINT "lounge_thread_author_id_auth_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lounge_message_of_thread" ON "lounge_message" USING btree ("thread_id","at","id");--> statement-breakpoint
CREATE INDEX "lounge_thread_recent" ON "lounge_thread" USING btree ("brand_id","at","id");