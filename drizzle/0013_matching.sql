CREATE TABLE "matching" (
	"mention_id" uuid NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"rounds" json NOT NULL,
	CONSTRAINT "matching_mention_id_at_pk" PRIMARY KEY("mention_id","at")
);
