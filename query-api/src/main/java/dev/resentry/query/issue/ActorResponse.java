package dev.resentry.query.issue;

import io.swagger.v3.oas.annotations.media.Schema;

/** Who did something with an issue; the user may be gone. */
@Schema(name = "ActivityActor")
record ActorResponse(long id, String name) {}
