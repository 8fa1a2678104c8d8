package dev.resentry.query.savedsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.savedsearch.RecentSearches;
import dev.resentry.storage.savedsearch.SavedSearchStore;
import dev.resentry.storage.user.User;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Searches that people keep, share, put first and made lately. */
class SavedSearchesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final String PATH = "/api/v1/saved-searches";
    private static final String RECENT = "/api/v1/recent-searches";

    private final User ann = PEOPLE.user(Role.MEMBER);
    private final User ben = PEOPLE.user(Role.MEMBER);

    @Test
    void oneOfMyOwnReadsBackAsItWasWrittenAndNobodyElseHasIt() {
        String name = unique();

        JsonNode made = PEOPLE.as(
                        ann, "POST", PATH, search(name).put("sort", "events").toString())
                .json();

        String path = PATH + "/" + made.path("id").asLong();
        JsonNode read = PEOPLE.get(ann, path).json();
        assertThat(read).isEqualTo(made);
        assertThat(read.path("dataset").asString()).isEqualTo("issues");
        assertThat(read.path("name").asString()).isEqualTo(name);
        assertThat(read.path("query").asString()).isEqualTo("is:unresolved level:error");
        assertThat(read.path("sort").asString()).isEqualTo("events");
        assertThat(read.path("shared").asBoolean()).isFalse();
        assertThat(read.path("may_change").asBoolean()).isTrue();
        assertThat(read.path("created_by").path("email").asString()).isEqualTo(ann.email());
        assertThat(names(ann, PATH + "?dataset=issues")).contains(name);
        assertThat(names(ann, PATH + "?dataset=events")).doesNotContain(name);
        assertThat(names(ben, PATH)).doesNotContain(name);
        assertThat(PEOPLE.get(ben, path).status()).isEqualTo(404);
        assertThat(PEOPLE.as(ben, "PUT", path, search(name).toString()).status())
                .isEqualTo(404);
        assertThat(PEOPLE.as(ben, "DELETE", path, null).status()).isEqualTo(404);

        assertThat(PEOPLE.as(ann, "DELETE", path, null).status()).isEqualTo(204);
        assertThat(PEOPLE.get(ann, path).status()).isEqualTo(404);
    }

    @Test
    void whatIsSharedIsSeenByAllAndChangedByWhoMadeItAndByAdmins() {
        User admin = PEOPLE.user(Role.ADMIN);
        String name = unique();
        long id = create(ann, search(name).put("shared", true));
        String path = PATH + "/" + id;

        assertThat(names(ben, PATH)).contains(name);
        assertThat(PEOPLE.get(ben, path).json().path("may_change").asBoolean()).isFalse();
        assertThat(PEOPLE.as(ben, "PUT", path, search(name).toString()).status())
                .isEqualTo(403);
        assertThat(PEOPLE.as(ben, "DELETE", path, null).status()).isEqualTo(403);

        ObjectNode changed = search(name + " 2").put("shared", true);
        assertThat(PEOPLE.as(admin, "PUT", path, changed.toString())
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo(name + " 2");
        assertThat(PEOPLE.as(admin, "PUT", path, search(name).toString()).status())
                .as("an admin does not take it for themselves")
                .isEqualTo(403);
        assertThat(PEOPLE.as(ben, "PUT", path + "/pin", "{\"pinned\": true}").status())
                .isEqualTo(200);

        assertThat(PEOPLE.as(ann, "PUT", path, search(name).toString())
                        .json()
                        .path("shared")
                        .asBoolean())
                .isFalse();
        assertThat(PEOPLE.get(ben, path).status()).isEqualTo(404);
        assertThat(rows("SELECT count(*) FROM pinned_searches WHERE search_id = " + id))
                .as("who does not see it any more has it pinned no more")
                .isZero();
        assertThat(API.database()
                        .sql(
                                "SELECT action FROM audit_log WHERE object_type = 'saved_search' AND object_id = :id ORDER BY id")
                        .param("id", Long.toString(id))
                        .query(String.class)
                        .list())
                .containsExactly(
                        "saved_search.created", "saved_search.changed", "saved_search.pinned", "saved_search.changed");
    }

    @Test
    void aViewerKeepsSearchesAndSharesNone() {
        User viewer = PEOPLE.user(Role.VIEWER);

        long own = create(viewer, search(unique()));
        Reply shared = PEOPLE.as(
                viewer, "POST", PATH, search(unique()).put("shared", true).toString());
        Reply later = PEOPLE.as(
                viewer,
                "PUT",
                PATH + "/" + own,
                search(unique()).put("shared", true).toString());

        assertThat(shared.status()).isEqualTo(403);
        assertThat(shared.json().path("message").asString()).contains("event:write", "viewer");
        assertThat(later.status()).isEqualTo(403);
    }

    @Test
    void aNameIsOfOneSearchAmongMyOwnAndOfOneAmongThoseThatAreShared() {
        String name = unique();
        create(ann, search(name));
        create(ben, search(name));
        create(ann, search(name).put("dataset", "events"));
        create(ann, search(name).put("shared", true));

        Reply again = PEOPLE.as(
                ann, "POST", PATH, search(name.toUpperCase(Locale.ROOT)).toString());
        Reply shared =
                PEOPLE.as(ben, "POST", PATH, search(name).put("shared", true).toString());

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("details").path("name").asString()).contains("already");
        assertThat(shared.status()).isEqualTo(409);
    }

    @Test
    void pinnedOnesAreFirstForWhoPinnedThem() {
        String suffix = unique();
        create(ann, search("A " + suffix).put("shared", true));
        long last = create(ann, search("B " + suffix).put("shared", true));

        PEOPLE.as(ben, "PUT", PATH + "/" + last + "/pin", "{\"pinned\": true}");

        assertThat(names(ben, PATH)).first().isEqualTo("B " + suffix);
        assertThat(names(ann, PATH).indexOf("A " + suffix))
                .isLessThan(names(ann, PATH).indexOf("B " + suffix));
        JsonNode unpinned = PEOPLE.as(ben, "PUT", PATH + "/" + last + "/pin", "{\"pinned\": false}")
                .json();
        assertThat(unpinned.path("pinned").asBoolean()).isFalse();
    }

    @Test
    void thereIsAnEndToHowManyOneKeeps() {
        IntStream.range(0, SavedSearchStore.MOST).forEach(i -> create(ann, search("Search " + i)));

        Reply tooMany = PEOPLE.as(ann, "POST", PATH, search("One more").toString());

        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(tooMany.json().path("message").asString()).contains("100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            dataset; "tables" ; expected: issues, events, transactions, logs, spans
            dataset; null     ; missing
            name   ; " "      ; blank
            query  ; ""       ; blank
            """)
    void whatIsNoSearchIsRefusedByItsField(String field, String value, String message) {
        ObjectNode search = search(unique());
        search.set(field, JsonMapper.shared().readTree(value));

        Reply reply = PEOPLE.as(ann, "POST", PATH, search.toString());

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().toString()).contains(field, message);
    }

    @Test
    void theDatasetOfASearchStaysAndAQueryThatMeansNothingIsNotKept() {
        long id = create(ann, search(unique()));

        Reply moved = PEOPLE.as(
                ann,
                "PUT",
                PATH + "/" + id,
                search(unique()).put("dataset", "events").toString());
        Reply broken = PEOPLE.as(
                ann, "POST", PATH, search(unique()).put("query", "level:").toString());

        assertThat(moved.status()).isEqualTo(400);
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.json().path("details").path("query").asString()).contains("level:");
    }

    @Test
    void recentSearchesAreTheLastTwentyOfOneselfEachOnceNewestFirst() {
        for (int i = 0; i < RecentSearches.MOST + 3; i++) {
            note(ann, "issues", "word" + i);
        }
        note(ann, "issues", " word10 ");
        note(ann, "events", "other");
        note(ann, "issues", "x".repeat(4_000));

        List<String> recent = PEOPLE.get(ann, RECENT + "?dataset=issues").json().findValuesAsString("query");

        assertThat(recent).hasSize(20).doesNotHaveDuplicates();
        assertThat(recent.subList(0, 4)).containsExactly("x".repeat(4_000), "word10", "word22", "word21");
        assertThat(PEOPLE.get(ann, RECENT + "?dataset=events").json().findValuesAsString("query"))
                .containsExactly("other");
        assertThat(PEOPLE.get(ben, RECENT + "?dataset=issues").json()).isEmpty();
        assertThat(PEOPLE.as(ann, "DELETE", RECENT + "?dataset=issues", null).status())
                .isEqualTo(204);
        assertThat(PEOPLE.get(ann, RECENT + "?dataset=issues").json()).isEmpty();
        assertThat(PEOPLE.get(ann, RECENT + "?dataset=events").json()).hasSize(1);
    }

    @Test
    void whatIsAUsersGoesWithThemAndWhatTheySharedStays() {
        long own = create(ann, search(unique()));
        long shared = create(ann, search(unique()).put("shared", true));
        note(ann, "issues", "level:error");
        PEOPLE.as(ann, "PUT", PATH + "/" + own + "/pin", "{\"pinned\": true}");

        assertThat(API.delete("/api/v1/users/" + ann.id()).status()).isEqualTo(204);

        assertThat(rows("SELECT count(*) FROM saved_searches WHERE id = " + own))
                .isZero();
        assertThat(rows("SELECT count(*) FROM recent_searches WHERE user_id = " + ann.id()))
                .isZero();
        assertThat(rows("SELECT count(*) FROM pinned_searches WHERE user_id = " + ann.id()))
                .isZero();
        JsonNode left = PEOPLE.get(ben, PATH + "/" + shared).json();
        assertThat(left.path("shared").asBoolean()).isTrue();
        assertThat(left.path("created_by").isNull()).isTrue();
        assertThat(API.delete(PATH + "/" + shared).status()).isEqualTo(204);
    }

    private static void note(User user, String dataset, String query) {
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("dataset", dataset).put("query", query);
        Reply reply = PEOPLE.as(user, "POST", RECENT, body.toString());
        assertThat(reply.status()).as("%s", reply).isEqualTo(204);
    }

    private static long create(User user, ObjectNode search) {
        Reply reply = PEOPLE.as(user, "POST", PATH, search.toString());
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply.json().path("id").asLong();
    }

    private static List<String> names(User user, String path) {
        return PEOPLE.get(user, path)
                .json()
                .valueStream()
                .map(one -> one.path("name").asString())
                .toList();
    }

    private static ObjectNode search(String name) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("dataset", "issues")
                .put("name", name)
                .put("query", "is:unresolved level:error");
    }

    private static String unique() {
        return "search " + UUID.randomUUID().toString().substring(0, 8);
    }

    private static long rows(String sql) {
        return API.database().sql(sql).query(Long.class).single();
    }
}
