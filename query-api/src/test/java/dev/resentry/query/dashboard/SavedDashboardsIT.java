package dev.resentry.query.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Dashboards that people put together, by the API. */
class SavedDashboardsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String CHART = """
            {"title": "Events", "kind": "line", "dataset": "events", "query": "level:error", "y": ["count()"],
             "layout": {"x": 0, "y": 0, "w": 6, "h": 4}}
            """;

    private final User ann = PEOPLE.user(Role.MEMBER);
    private final User bob = PEOPLE.user(Role.MEMBER);

    @Test
    void aDashboardReadsBackAsItWasWrittenAndIsOnRecord() {
        ObjectNode sent = dashboard("Mine", false);
        Reply made = PEOPLE.as(ann, "POST", "/api/v1/dashboards/", sent.toString());

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        JsonNode dashboard = made.json();
        String path = "/api/v1/dashboards/" + dashboard.path("id").asLong();
        assertThat(dashboard.path("owner").path("id").asLong()).isEqualTo(ann.id());
        assertThat(dashboard.path("editable").asBoolean()).isTrue();
        assertThat(dashboard.path("removable").asBoolean()).isTrue();
        JsonNode widget = PEOPLE.get(ann, path).json().path("widgets").get(0);
        assertThat(widget.path("y")).hasSize(1);
        assertThat(widget.path("layout")).isEqualTo(sent.at("/widgets/0/layout"));
        assertThat(widget.path("query").asString()).isEqualTo("level:error");

        sent.put("name", "Renamed").put("revision", 1);
        assertThat(PEOPLE.as(ann, "PUT", path, sent.toString())
                        .json()
                        .path("revision")
                        .asInt())
                .isEqualTo(2);
        assertThat(PEOPLE.as(ann, "DELETE", path, null).status()).isEqualTo(204);
        assertThat(PEOPLE.get(ann, path).status()).isEqualTo(404);
        assertThat(API.database()
                        .sql(
                                "SELECT action FROM audit_log WHERE object_type = 'dashboard' AND object_id = :id ORDER BY id")
                        .param("id", dashboard.path("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly("dashboard.created", "dashboard.changed", "dashboard.deleted");
    }

    @Test
    void ofTwoWhoChangeTheSameOneIsTold() {
        String path = create(ann, dashboard("Ours", true));
        ObjectNode change = dashboard("Changed", true).put("revision", 1);

        Reply first = PEOPLE.as(ann, "PUT", path, change.toString());
        Reply second = PEOPLE.as(bob, "PUT", path, change.toString());

        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(second.status()).as("%s", second).isEqualTo(409);
        assertThat(second.json().path("details").path("revision").asString()).contains("1 is not the latest");
        assertThat(PEOPLE.as(ann, "PUT", path, dashboard("No revision", true).toString())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNotSharedIsThereForItsOwnerOnly() {
        String name = "Own " + UUID.randomUUID();
        String path = create(ann, dashboard(name, false));
        String shared = create(ann, dashboard(name + " shared", true));

        assertThat(PEOPLE.get(bob, path).status()).isEqualTo(404);
        assertThat(PEOPLE.as(bob, "POST", path + "/duplicate", "{}").status()).isEqualTo(404);
        assertThat(names(ann, name)).containsExactly(name + " shared", name);
        assertThat(names(bob, name)).containsExactly(name + " shared");

        JsonNode seen = PEOPLE.get(bob, shared).json();
        assertThat(seen.path("editable").asBoolean()).isTrue();
        assertThat(seen.path("removable").asBoolean()).isFalse();
        assertThat(PEOPLE.as(bob, "DELETE", shared, null).status()).isEqualTo(403);
        ObjectNode hidden = dashboard(name, false).put("revision", 1);
        assertThat(PEOPLE.as(bob, "PUT", shared, hidden.toString()).status()).isEqualTo(403);
        assertThat(PEOPLE.as(PEOPLE.user(Role.ADMIN), "DELETE", shared, null).status())
                .isEqualTo(204);
        User viewer = PEOPLE.user(Role.VIEWER);
        assertThat(PEOPLE.get(viewer, "/api/v1/dashboards").status()).isEqualTo(200);
        assertThat(PEOPLE.as(
                                viewer,
                                "POST",
                                "/api/v1/dashboards",
                                dashboard("v", false).toString())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aCopyIsTheCallersAndNotShared() {
        String path = create(ann, dashboard("Ours", true));

        JsonNode copy = PEOPLE.as(bob, "POST", path + "/duplicate", "{}").json();

        assertThat(copy.path("name").asString()).isEqualTo("Copy of Ours");
        assertThat(copy.path("shared").asBoolean()).isFalse();
        assertThat(copy.path("owner").path("id").asLong()).isEqualTo(bob.id());
        assertThat(copy.path("widgets")).hasSize(1);
    }

    @Test
    void withItsOwnerGoesWhatIsNotShared() {
        String own = create(ann, dashboard("Own", false));
        String shared = create(ann, dashboard("Ours", true));

        API.bean(UserStore.class).remove(ann.id());

        assertThat(API.database()
                        .sql("SELECT count(*) FROM dashboards WHERE id = :id")
                        .param("id", Long.valueOf(own.substring(own.lastIndexOf('/') + 1)))
                        .query(Long.class)
                        .single())
                .isZero();
        JsonNode orphan = PEOPLE.get(bob, shared).json();
        assertThat(orphan.path("owner").isNull()).isTrue();
        ObjectNode hidden = dashboard("Ours", false).put("revision", 1);
        assertThat(PEOPLE.as(PEOPLE.user(Role.ADMIN), "PUT", shared, hidden.toString())
                        .status())
                .as("nobody would see it")
                .isEqualTo(400);
    }

    @Test
    void aListIsReadPageByPage() {
        String name = "Paged " + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            create(ann, dashboard(name + i, false));
        }

        JsonNode first = PEOPLE.get(ann, "/api/v1/dashboards?limit=2&query=" + name.replace(" ", "%20"))
                .json();
        JsonNode second = PEOPLE.get(
                        ann,
                        "/api/v1/dashboards?limit=2&query=%s&cursor=%s"
                                .formatted(
                                        name.replace(" ", "%20"),
                                        first.path("next").asString()))
                .json();

        assertThat(first.path("results")).hasSize(2);
        assertThat(first.at("/results/0/widgets").asInt()).isEqualTo(1);
        assertThat(second.path("results")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void aProgramOfTheOrganizationMakesSharedOnesOnly() {
        String token = PEOPLE.apiToken(ann, Set.of("event:read"));

        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/dashboards", null).status())
                .isEqualTo(200);
        assertThat(PEOPLE.withToken(
                                token,
                                "POST",
                                "/api/v1/dashboards",
                                dashboard("x", true).toString())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void templatesAreWhatADashboardIsMadeOf() {
        JsonNode templates = API.get("/api/v1/dashboard-templates").json();

        assertThat(templates).hasSize(3);
        for (JsonNode template : templates) {
            ObjectNode dashboard = JSON.createObjectNode()
                    .put("name", template.path("name").asString())
                    .put("description", template.path("description").asString())
                    .put("shared", false);
            dashboard.set("widgets", template.path("widgets"));
            create(ann, dashboard);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            title    ; ""                                       ; widgets[0].title ; blank
            kind     ; "pie"                                    ; widgets[0].kind ; line, area, bar
            dataset  ; "errors"                                 ; widgets[0].dataset ; events, transactions
            dataset  ; "issues"                                 ; widgets[0].dataset ; expected: issues for kind issues
            y        ; []                                       ; widgets[0].y ; 1 to 4
            y        ; ["count"]                                ; widgets[0].y[0] ; expected: a function
            fields   ; ["title"]                                ; widgets[0].fields ; of no use to kind line
            sort     ; "count()"                                ; widgets[0].sort ; of no use to kind line
            limit    ; 5                                        ; widgets[0].limit ; of no use to kind line
            group    ; "count()"                                ; widgets[0].group ; no function
            layout   ; {"x": 8, "y": 0, "w": 6, "h": 2}         ; widgets[0].layout.w ; at most 12
            layout   ; {"x": 0, "y": 0, "w": 13, "h": 2}        ; widgets[0].layout.w ; 12
            layout   ; {"x": 0, "y": 0, "w": 3}                 ; widgets[0].layout.h ; null
            colour   ; "red"                                    ; colour ; colour
            """)
    void whatNoWidgetIsIsRefusedByItsPlace(String field, String value, String place, String message) {
        ObjectNode dashboard = dashboard("Refused", false);
        ((ObjectNode) dashboard.at("/widgets/0")).set(field, JSON.readTree(value));

        Reply reply = PEOPLE.as(ann, "POST", "/api/v1/dashboards", dashboard.toString());

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().toString()).contains(place, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"kind": "number", "y": ["count()", "epm()"]}                                  ; widgets[0].y ; expected: 1
            {"kind": "top", "y": ["count()"]}                                              ; widgets[0].group ; missing
            {"kind": "line", "y": ["count()", "epm()"], "group": "release"}                ; widgets[0].y ; with a group
            {"kind": "line", "y": ["count()"], "group": "release", "limit": 11}            ; widgets[0].limit ; 1 to 10
            {"kind": "table"}                                                              ; widgets[0].fields ; missing
            {"kind": "table", "fields": ["title", "title"]}                                ; widgets[0].fields ; twice
            {"kind": "table", "fields": ["title"], "sort": "-count()"}                     ; widgets[0].sort ; one of the columns
            {"kind": "issues", "dataset": "issues", "sort": "age"}                         ; widgets[0].sort ; last_seen
            {"kind": "issues", "dataset": "issues", "y": ["count()"]}                      ; widgets[0].y ; of no use
            """)
    void eachKindNeedsWhatItUses(String widget, String place, String message) {
        ObjectNode whole = (ObjectNode) JSON.readTree(CHART);
        whole.remove("y");
        whole.setAll((ObjectNode) JSON.readTree(widget));
        ObjectNode dashboard = dashboard("Refused", false);
        dashboard.putArray("widgets").add(whole);

        Reply reply = PEOPLE.as(ann, "POST", "/api/v1/dashboards", dashboard.toString());

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().toString()).contains(place, message);
    }

    @Test
    void noWidgetLiesOnAnother() {
        ObjectNode dashboard = dashboard("Refused", false);
        ArrayNode widgets = (ArrayNode) dashboard.path("widgets");
        ObjectNode second = (ObjectNode) JSON.readTree(CHART);
        ((ObjectNode) second.path("layout")).put("x", 5).put("y", 3);
        widgets.add(second);

        assertThat(PEOPLE.as(ann, "POST", "/api/v1/dashboards", dashboard.toString())
                        .json()
                        .toString())
                .contains("widgets[1].layout", "it lies on widgets[0], 'Events'");
        ((ObjectNode) second.path("layout")).put("x", 6);
        create(ann, dashboard);
    }

    private static ObjectNode dashboard(String name, boolean shared) {
        ObjectNode dashboard = JSON.createObjectNode().put("name", name).put("shared", shared);
        dashboard.putArray("widgets").add(JSON.readTree(CHART));
        return dashboard;
    }

    /** The path of a new one. */
    private static String create(User owner, ObjectNode dashboard) {
        Reply reply = PEOPLE.as(owner, "POST", "/api/v1/dashboards", dashboard.toString());
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return "/api/v1/dashboards/" + reply.json().path("id").asLong();
    }

    private static List<String> names(User user, String text) {
        return PEOPLE.get(user, "/api/v1/dashboards?query=" + text.replace(" ", "%20"))
                .json()
                .path("results")
                .valueStream()
                .map(dashboard -> dashboard.path("name").asString())
                .toList();
    }
}
