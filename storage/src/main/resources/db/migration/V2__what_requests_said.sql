-- What a conversion reads beside the body: payloads of converted envelopes are made again from it when they are asked for.
ALTER TABLE envelopes ADD COLUMN query text;
ALTER TABLE envelopes ADD COLUMN slug text;
