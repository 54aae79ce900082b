-- What came from LinkedIn before is under its terms too: an hour before two days are over its words go.
update mention set kept_until = received_at + interval '47 hours' where network = 'linkedin' and state <> 'withdrawn';
