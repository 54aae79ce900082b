CREATE TABLE "mention_search" (
	"mention_id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"network" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"screen" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"place" integer NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "saved_view_name" UNIQUE("brand_id","user_id","screen","name"),
	CONSTRAINT "saved_view_query" CHECK (length("saved_view"."query") <= 1000)
);
--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_user_id_auth_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mention_search_words" ON "mention_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "mention_search_recent" ON "mention_search" USING btree ("brand_id","received_at","mention_id");--> statement-breakpoint
CREATE INDEX "saved_view_shared" ON "saved_view" USING btree ("brand_id","screen") WHERE shared;