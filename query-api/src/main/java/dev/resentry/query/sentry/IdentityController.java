package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/** Who asks. */
@SentryApi
class IdentityController {

    /** What tools check a token by; both are null without one. */
    record Index(
            String version, @Nullable Auth auth, @Nullable SentryUser user) {}

    /** What the token may do. */
    record Auth(List<String> scopes) {}

    /** A user; a token of the organization has none. */
    record SentryUser(String id, String name, String username, String email) {
        static @Nullable SentryUser of(Actor actor) {
            return actor.userId() == Actor.NOBODY
                    ? null
                    : new SentryUser(
                            String.valueOf(actor.userId()),
                            actor.name().isBlank() ? actor.email() : actor.name(),
                            actor.email(),
                            actor.email());
        }
    }

    /** Where the organizations of a user are: all of them here. */
    record Regions(List<Region> regions) {}

    record Region(String name, String url) {}

    @AllowedToAnyone
    @GetMapping("/api/0")
    Index index(@RequestAttribute(name = "dev.resentry.query.access.Actor", required = false) @Nullable Actor actor) {
        return actor == null
                ? new Index("0", null, null)
                : new Index(
                        "0",
                        new Auth(actor.scopes().stream()
                                .map(Scope::wireName)
                                .sorted()
                                .toList()),
                        SentryUser.of(actor));
    }

    @Allowed(value = Scope.ORG_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/auth")
    @Nullable
    SentryUser auth(Actor actor) {
        return SentryUser.of(actor);
    }

    @Allowed(value = Scope.ORG_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/users/me/regions")
    Regions regions() {
        return new Regions(List.of(new Region("self-hosted", SentryLinks.root())));
    }
}
