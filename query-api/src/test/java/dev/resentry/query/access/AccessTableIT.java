package dev.resentry.query.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.access.Operations.Anyone;
import dev.resentry.query.access.Operations.Need;
import dev.resentry.query.access.Operations.Operation;
import dev.resentry.query.access.Operations.Scoped;
import dev.resentry.query.access.Operations.Unsaid;
import dev.resentry.storage.user.User;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Walks every operation by every kind of caller, and keeps {@code docs/access.md} true. */
class AccessTableIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final List<Operation> OPERATIONS = Operations.of(API);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path TABLE = Path.of("..", "docs", "access.md");

    @Test
    void everyOperationSaysWhatItNeeds() {
        assertThat(OPERATIONS).hasSizeGreaterThan(60);
        assertThat(OPERATIONS).filteredOn(one -> one.need() instanceof Unsaid).isEmpty();
    }

    @Test
    void nobodyGetsInWithoutALoginWhereOneIsNeeded() throws Exception {
        var softly = new SoftAssertions();
        for (Operation operation : OPERATIONS) {
            int status = status(operation, null);
            if (operation.need() instanceof Anyone) {
                softly.assertThat(status).as("%s by anyone", operation).isNotIn(401, 403);
            } else {
                softly.assertThat(status).as("%s by anyone", operation).isEqualTo(401);
            }
        }
        softly.assertAll();
    }

    @Test
    void eachRoleMayDoWhatTheTableSays() throws Exception {
        Map<Role, User> users = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            users.put(role, PEOPLE.user(role));
        }
        var softly = new SoftAssertions();
        for (Operation operation : OPERATIONS) {
            for (Role role : Role.values()) {
                // Each time anew, as one of the operations ends all of a user's tokens.
                int status = status(operation, PEOPLE.jwt(users.get(role)));
                if (isAllowed(role, operation.need())) {
                    softly.assertThat(status).as("%s by %s", operation, role).isNotIn(401, 403);
                } else {
                    softly.assertThat(status).as("%s by %s", operation, role).isEqualTo(403);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void aTokenMayDoWhatItsScopesSayAndNothingElse() throws Exception {
        User owner = PEOPLE.user(Role.OWNER);
        Map<Scope, String> with = new EnumMap<>(Scope.class);
        Map<List<Scope>, String> without = new HashMap<>();
        for (Scope scope : Scope.values()) {
            with.put(scope, PEOPLE.apiToken(owner, Set.of(scope.wireName())));
        }
        String everything = PEOPLE.apiToken(
                owner, Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toSet()));
        var softly = new SoftAssertions();
        for (Operation operation : OPERATIONS) {
            switch (operation.need()) {
                case Scoped(List<Scope> scopes) -> {
                    for (Scope scope : scopes) {
                        softly.assertThat(status(operation, with.get(scope)))
                                .as("%s by a token with %s", operation, scope.wireName())
                                .isNotIn(401, 403);
                    }
                    String other = without.computeIfAbsent(scopes, _ -> PEOPLE.apiToken(owner, allBut(scopes)));
                    softly.assertThat(status(operation, other))
                            .as("%s by a token without %s", operation, words(scopes))
                            .isEqualTo(403);
                }
                case Operations.People() ->
                    softly.assertThat(status(operation, everything))
                            .as("%s by a token", operation)
                            .isEqualTo(403);
                case Anyone(), Unsaid() -> {}
            }
        }
        softly.assertAll();
    }

    /** To write the table anew: the same test with {@code -Dresentry.access.write=true}. */
    @Test
    void theTableInTheDocumentationIsThatOfTheCode() throws IOException {
        String wanted = table();
        if (Boolean.getBoolean("resentry.access.write")) {
            Files.writeString(TABLE, wanted);
        }
        assertThat(TABLE).exists();
        assertThat(Files.readString(TABLE, UTF_8))
                .as("docs/access.md is stale; query-api/README.md says how to write it anew")
                .isEqualTo(wanted);
    }

    private static String table() {
        var text = new StringBuilder("""
                # Who may do what

                Made from the code: each route names a scope, and roles and tokens give scopes. *any* needs no login; *people* is for
                whoever logged in, on their own account, and for no token of a program. Otherwise a person needs the
                role, and a token made for a program needs the scope and a user whose role allows it. Tokens of the organization have `org:ci`. Scopes `…:admin` include
                `…:write`, and `…:write` includes `…:read`.

                Members and viewers see the projects of their teams, or all while the organization's `members_see_all_projects` is
                on, as it is at first; what is of other projects is left out of lists and is 404 by its id. Owners and admins see all.
                What concerns owners (appointing, changing, removing one) needs `member:admin`.

                | operation | scope | owner | admin | member | viewer | token of a program |
                |---|---|---|---|---|---|---|
                """);
        for (Operation operation : OPERATIONS) {
            text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            operation,
                            switch (operation.need()) {
                                case Anyone() -> "any";
                                case Operations.People() -> "people";
                                case Scoped(List<Scope> scopes) -> words(scopes);
                                case Unsaid() -> "nobody";
                            },
                            Arrays.stream(Role.values())
                                    .map(role -> isAllowed(role, operation.need()) ? "yes" : "-")
                                    .collect(joining(" | ")),
                            switch (operation.need()) {
                                case Anyone() -> "yes";
                                case Scoped _ -> "with the scope";
                                case Operations.People(), Unsaid() -> "-";
                            }));
        }
        text.append("\n| role | scopes |\n|---|---|\n");
        for (Role role : Role.values()) {
            text.append("| %s | %s |\n"
                    .formatted(
                            role.wireName(),
                            role.scopes().stream()
                                    .map(scope -> "`" + scope.wireName() + "`")
                                    .collect(joining(" "))));
        }
        return text.toString();
    }

    private static Set<String> allBut(List<Scope> scopes) {
        return Arrays.stream(Scope.values())
                .filter(other -> scopes.stream().noneMatch(other::includes))
                .map(Scope::wireName)
                .collect(Collectors.toSet());
    }

    private static String words(List<Scope> scopes) {
        return scopes.stream().map(scope -> "`" + scope.wireName() + "`").collect(joining(" or "));
    }

    private static boolean isAllowed(Role role, Need need) {
        return switch (need) {
            case Anyone() -> true;
            case Operations.People() -> true;
            case Scoped(List<Scope> scopes) ->
                role.scopes().stream().anyMatch(had -> scopes.stream().anyMatch(had::includes));
            case Unsaid() -> false;
        };
    }

    /** Asks for things that are not there, with a body that says nothing, so that little happens even where it is allowed. */
    private static int status(Operation operation, String token) throws IOException, InterruptedException {
        String path = operation.path().replaceAll("\\{[a-zA-Z]+}", "987654321");
        boolean hasBody =
                !operation.method().equals("GET") && !operation.method().equals("DELETE");
        HttpRequest.Builder request = PEOPLE.request(operation.method(), path, hasBody ? "{}" : null);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        // Not read to its end, which a stream of events does not have.
        HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }
}
