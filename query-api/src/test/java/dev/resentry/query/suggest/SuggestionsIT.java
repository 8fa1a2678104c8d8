package dev.resentry.query.suggest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What can be typed next: keys and values with counts, of what who asks sees. */
class SuggestionsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String SLUG = "hint-" + UUID.randomUUID().toString().substring(0, 8);
    private static final String OTHER = "hidden-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void plant() {
        Instant now = Instant.now();
        for (String slug : List.of(SLUG, OTHER)) {
            long project = ROWS.project(slug);
            for (int i = 0; i < 2; i++) {
                long issue = ROWS.issue(project, "Broken " + i, now, "unresolved");
                tag(project, issue, "browser", Map.of("Firefox", 3 + i, "Mobile Safari", 10));
                tag(project, issue, slug.startsWith("hidden") ? "secret.key" : "cart.size", Map.of("7", 1));
                tag(project, issue, "level", Map.of("error", 4));
                UUID envelope = ROWS.envelope(project, now, "envelope", null, "{}".getBytes(UTF_8));
                ROWS.event(project, issue, envelope, now, "{}");
                ROWS.transaction(project, envelope, now, UUID.randomUUID());
            }
            API.database().sql("""
                            INSERT INTO project_hours (project_id, hour, level, environment, events)
                            VALUES (:project, date_trunc('hour', now()), 'warning', 'staging', 5),
                                   (:project, date_trunc('hour', now()), 'error', 'production', 9),
                                   (:project, date_trunc('hour', now()), 'error', '', 2),
                                   (:project, now() - interval '90 days', 'fatal', 'long gone', 100)
                            """).param("project", project).update();
            API.database().sql("""
                            INSERT INTO releases (project_id, version, sort_key, created_at, first_seen)
                            VALUES (:project, 'shop@1.0', '', now() - interval '2 days', now() - interval '2 days'),
                                   (:project, 'shop@1.1', '', now(), now())
                            """).param("project", project).update();
            API.database().sql("""
                            INSERT INTO release_hours (project_id, release, hour, environment, events)
                            VALUES (:project, 'shop@1.1', date_trunc('hour', now()), '', 6)
                            """).param("project", project).update();
        }
    }

    private static void tag(long project, long issue, String key, Map<String, Integer> values) {
        API.database()
                .sql(
                        "INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values) VALUES (:issue, :key, :project, 2)")
                .params(Map.of("issue", issue, "key", key, "project", project))
                .update();
        values.forEach((value, events) -> API.database()
                .sql("INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)"
                        + " VALUES (:issue, :key, :value, :project, :events, now())")
                .params(Map.of("issue", issue, "key", key, "value", value, "project", project, "events", events))
                .update());
    }

    @Test
    void keysAreTheFieldsThenTheTagsWithCounts() {
        JsonNode keys =
                API.get("/api/v1/search/keys?dataset=issues&project=" + SLUG).json();

        List<String> names =
                keys.valueStream().map(key -> key.path("key").asString()).toList();
        assertThat(names)
                .contains("has", "is", "level", "release", "browser", "cart.size")
                .doesNotContain("secret.key");
        assertThat(names.indexOf("level")).isLessThan(names.indexOf("browser"));
        assertThat(names).as("a tag that is a field, too, is there once").doesNotHaveDuplicates();
        JsonNode browser = keys.path(names.indexOf("browser"));
        assertThat(browser.path("kind").asString()).isEqualTo("tag");
        assertThat(browser.path("count").asLong()).isEqualTo(2);
        assertThat(keys.path(names.indexOf("level")).path("count").isNull()).isTrue();
        assertThat(keys("issues", "cart")).containsExactly("cart.size");
        assertThat(keys("transactions", "rol")).containsExactly("role");
        assertThat(keys("events", "browser")).contains("browser");
    }

    @Test
    void valuesOfATagAreThoseOfTheIssuesSeenLastTheMostFrequentFirst() {
        assertThat(values("issues", "browser", "")).containsExactly("Mobile Safari 20", "Firefox 7");
        assertThat(values("issues", "browser", "FIRE")).containsExactly("Firefox 7");
        assertThat(values("events", "tags[browser]", "fire")).containsExactly("Firefox 7");
        assertThat(values("issues", "nothing.like.it", "")).isEmpty();
        assertThat(values("transactions", "role", "")).containsExactly("admin 2");
    }

    @Test
    void valuesOfFieldsAreTheirWordsAndWhatWasSentOfLate() {
        assertThat(values("issues", "is", "resol")).contains("resolved null", "unresolved null");
        assertThat(values("issues", "level", ""))
                .startsWith("error 11", "warning 5")
                .contains("fatal null");
        assertThat(values("issues", "environment", "")).containsExactly("production 9", "staging 5");
        assertThat(values("issues", "release", "shop")).containsExactly("shop@1.1 6", "shop@1.0 0");
        assertThat(values("issues", "release", "late")).containsExactly("latest null");
        assertThat(values("issues", "firstRelease", "1.1")).containsExactly("shop@1.1 6");
        assertThat(values("issues", "project", SLUG)).containsExactly(SLUG + " null");
        assertThat(values("issues", "firstSeen", "24")).containsExactly("-24h null");
        assertThat(values("issues", "has", "cart")).containsExactly("cart.size 2");
        assertThat(values("events", "platform", "")).containsExactly("java 2");
        assertThat(values("events", "culprit", "CART")).containsExactly("shop.cart 2");
        assertThat(values("transactions", "transaction", "cart")).containsExactly("GET /cart 2");
        assertThat(values("issues", "timesSeen", "")).isEmpty();
    }

    @Test
    void assigneesAreWordsPeopleAndTeams() {
        User someone = PEOPLE.user(Role.MEMBER);
        String team = "team-" + UUID.randomUUID().toString().substring(0, 8);
        API.post("/api/v1/teams", "{\"slug\": \"%s\", \"name\": \"The Team\"}".formatted(team));

        assertThat(values("issues", "assigned", "m")).contains("me null", "my_teams null");
        JsonNode person = API.get("/api/v1/search/values?dataset=issues&key=assigned&text=" + someone.email())
                .json();
        assertThat(person).hasSize(1);
        assertThat(person.path(0).path("label").asString()).isEqualTo("Some One");
        assertThat(values("issues", "assigned", team)).containsExactly("#" + team + " null");
        assertThat(PEOPLE.withToken(
                                PEOPLE.apiToken(someone, Set.of("event:read")),
                                "GET",
                                "/api/v1/search/values?dataset=issues&key=assigned&text=" + someone.email(),
                                null)
                        .json())
                .as("a token that may not see people")
                .isEmpty();
    }

    @Test
    void nothingIsToldOfProjectsThatOneDoesNotSee() {
        User member = PEOPLE.user(Role.MEMBER);
        String team = "team-" + UUID.randomUUID().toString().substring(0, 8);
        long teamId = API.post("/api/v1/teams", "{\"slug\": \"%s\", \"name\": \"T\"}".formatted(team))
                .json()
                .path("id")
                .asLong();
        API.put("/api/v1/teams/" + teamId + "/members/" + member.id(), "");
        long project = API.get("/api/v1/projects/" + SLUG).json().path("id").asLong();
        API.put("/api/v1/teams/" + teamId + "/projects/" + project, "");
        try {
            API.database()
                    .sql("UPDATE organization SET members_see_all_projects = false")
                    .update();

            assertThat(PEOPLE.get(member, "/api/v1/search/keys?dataset=issues&text=secret")
                            .json())
                    .isEmpty();
            assertThat(PEOPLE.get(member, "/api/v1/search/values?dataset=issues&key=secret.key")
                            .json())
                    .isEmpty();
            assertThat(PEOPLE.get(member, "/api/v1/search/values?dataset=issues&key=project&text=hidden")
                            .json())
                    .isEmpty();
            assertThat(PEOPLE.get(member, "/api/v1/search/keys?dataset=issues&project=" + OTHER)
                            .status())
                    .isEqualTo(404);
        } finally {
            API.database()
                    .sql("UPDATE organization SET members_see_all_projects = true")
                    .update();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"; DROP TABLE issues; --",
                "%",
                "_",
                "\\",
                "tags[x",
                "tags[a'b]",
                "{visible}",
                ":text",
                "größe"
            })
    void whateverIsTypedIsATextAndNothingElse(String typed) {
        String part = URLEncoder.encode(typed, UTF_8);
        for (String dataset : List.of("issues", "events", "transactions", "spans")) {
            assertThat(API.get("/api/v1/search/keys?dataset=" + dataset + "&text=" + part)
                            .status())
                    .isEqualTo(200);
            assertThat(API.get("/api/v1/search/values?dataset=" + dataset + "&key=" + part + "&text=" + part)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(API.get("/api/v1/search/keys?dataset=issues&text=" + "x".repeat(201))
                        .status())
                .isEqualTo(400);
    }

    private static List<String> keys(String dataset, String text) {
        return API.get("/api/v1/search/keys?dataset=%s&project=%s&text=%s".formatted(dataset, SLUG, text))
                .json()
                .valueStream()
                .map(key -> key.path("key").asString())
                .toList();
    }

    /** Values with their counts. */
    private static List<String> values(String dataset, String key, String text) {
        return API.get("/api/v1/search/values?dataset=%s&project=%s&key=%s&text=%s"
                        .formatted(dataset, SLUG, URLEncoder.encode(key, UTF_8), text))
                .json()
                .valueStream()
                .map(value -> value.path("value").asString() + " " + value.path("count"))
                .toList();
    }
}
