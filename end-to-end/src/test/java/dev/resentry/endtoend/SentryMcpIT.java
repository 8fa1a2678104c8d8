package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sentry's own server of the Model Context Protocol, unmodified and in two versions, has its tools answered by {@code /api/0}. */
@Timeout(240)
@ExtendWith(SharedCluster.class)
class SentryMcpIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Tools that ask services which only Sentry's cloud has, or for replays and profiles, of which none are kept. */
    private static final List<String> WITHOUT_AN_ANSWER =
            List.of("analyze_issue_with_seer", "search_docs", "get_doc", "get_replay_details", "get_profile_details");

    private static Cluster cluster;
    private static String token;

    private Api api;
    private String event;
    private JsonNode issue;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeToken(Cluster shared) throws Exception {
        AgentTools.install();
        cluster = shared;
        Http.Answer made = cluster.apiWithNewProject("Read by Sentry's tools")
                .post(
                        "/api/v1/tokens",
                        Map.of(
                                "name",
                                "agent",
                                "scopes",
                                List.of(
                                        "org:read",
                                        "project:write",
                                        "project:releases",
                                        "event:write",
                                        "team:write",
                                        "member:read",
                                        "alerts:write")));
        assertThat(made.status()).isEqualTo(201);
        token = made.json().path("token").asString();
    }

    @BeforeEach
    void sendAnEvent() {
        api = cluster.apiWithNewProject("Asked for by Sentry's tools");
        EventId id = Sender.newId();
        var sent = JSON.createObjectNode().put("platform", "python").put("release", "tools@1");
        sent.putObject("tags").put("color", "red");
        var thrown = sent.putObject("exception").putArray("values").addObject();
        thrown.put("type", "PriceError").put("value", "no price");
        thrown.putObject("stacktrace")
                .putArray("frames")
                .addObject()
                .put("filename", "shop/cart.py")
                .put("function", "total")
                .put("lineno", 42)
                .put("in_app", true);
        sent.putObject("breadcrumbs").putArray("values").addObject().put("message", "book added");
        assertThat(Sender.of(api, cluster.gateway.url())
                        .send(Sender.event(id, sent))
                        .status())
                .isEqualTo(200);
        event = id.toString();
        api.awaitEvent(event);
        issue = api.all("/api/v1/issues?project=" + api.slug()).getFirst();
    }

    @Test
    void theToolsOfVersion36Answer() throws Exception {
        List<AgentTools.Call> calls = new ArrayList<>(inBoth("36"));
        calls.add(new AgentTools.Call("whoami", Map.of()));

        JsonNode came = AgentTools.ofPackage(directory, "sentry-mcp-36", connection(), calls);

        assertThatAllAnswer(came);
        assertThat(came.path("tools").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(calls.stream().map(AgentTools.Call::name), WITHOUT_AN_ANSWER.stream())
                                .distinct()
                                .toList());
    }

    /** It shows a few tools, by one of which the others are called. */
    @Test
    void theToolsOfVersion39Answer() throws Exception {
        List<AgentTools.Call> calls = new ArrayList<>(inBoth("39"));
        Map<String, Object> ofIssue = Map.of("issueId", issue.path("short_id").asString());
        calls.add(call("get_issue_details", ofIssue));
        calls.add(call("get_issue_activity", ofIssue));
        calls.add(call("add_issue_note", with(ofIssue, "text", "noted")));
        calls.add(call("get_issue_breadcrumbs", ofIssue));
        calls.add(call("get_event_stacktrace", ofIssue));
        calls.add(call("get_issue_user_reports", ofIssue));
        calls.add(call("get_release_details", Map.of("releaseVersion", "tools@1", "projectSlugOrId", api.slug())));
        calls.add(call("update_dsn", Map.of("projectSlug", api.slug(), "keyId", api.publicKey(), "name", "First")));
        calls.add(call("create_team", Map.of("name", "menders")));
        calls.add(call("add_team_to_project", Map.of("projectSlug", "made39", "teamSlug", "menders")));
        calls.add(call("remove_team_from_project", Map.of("projectSlug", "made39", "teamSlug", "menders")));
        calls.add(call("get_trace_details", Map.of("traceId", sentTransaction())));
        calls.add(call("find_monitors", Map.of()));
        calls.add(call("find_alert_rules", Map.of()));
        calls.add(call("find_dashboards", Map.of()));
        calls.add(call(
                "create_uptime_monitor",
                Map.of(
                        "projectSlug",
                        api.slug(),
                        "name",
                        "Front page",
                        "url",
                        "https://shop.invalid/",
                        "intervalSeconds",
                        300)));
        calls.add(call("find_uptime_monitors", Map.of("projectSlug", api.slug())));
        List<String> arguments = new ArrayList<>(connection());
        arguments.add("--all-skills");

        JsonNode came = AgentTools.ofPackage(
                directory,
                "sentry-mcp-39",
                arguments,
                calls.stream()
                        .map(call -> new AgentTools.Call(
                                "execute_sentry_tool", Map.of("name", call.name(), "arguments", call.arguments())))
                        .toList());

        assertThatAllAnswer(came);
        assertThat(text(came)).contains("tools@1", "book added", "noted", "menders", "GET /cart", "Front page");
        assertThat(api.json("/api/v1/uptime-checks?project=" + api.slug())).hasSize(1);
    }

    /** Its trace has the same id. */
    private String sentTransaction() {
        EventId id = Sender.newId();
        assertThat(Sender.of(api, cluster.gateway.url())
                        .send(Sender.transaction(id))
                        .status())
                .isEqualTo(200);
        await("the transaction")
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.get("/api/v1/transactions/" + id).status() == 200);
        return id.toString();
    }

    private void assertThatAllAnswer(JsonNode came) {
        assertThat(came.path("answers"))
                .allSatisfy(answer -> assertThat(answer.path("isError").asBoolean())
                        .as(answer.toString())
                        .isFalse());
        assertThat(text(came)).contains("PriceError: no price", "red", event, api.publicKey());
        assertThat(api.json("/api/v1/issues/" + issue.path("id").asString())
                        .path("status")
                        .asString())
                .isEqualTo("resolved");
    }

    private static String text(JsonNode came) {
        return came.path("answers").toString();
    }

    private List<AgentTools.Call> inBoth(String version) {
        String shortId = issue.path("short_id").asString();
        String team = "payers-" + version;
        String made = "made" + version;
        return List.of(
                new AgentTools.Call("find_organizations", Map.of()),
                call("find_projects", Map.of()),
                call("create_team", Map.of("name", team)),
                call("find_teams", Map.of()),
                call("create_project", Map.of("teamSlug", team, "name", made, "platform", "python")),
                call("update_project", Map.of("projectSlug", made, "name", "Made by a tool", "platform", "go")),
                call("find_dsns", Map.of("projectSlug", api.slug())),
                call("create_dsn", Map.of("projectSlug", api.slug(), "name", "Second")),
                call("find_releases", Map.of("projectSlug", api.slug())),
                call("search_issues", Map.of("query", "is:unresolved", "projectSlugOrId", api.slug())),
                call("search_events", Map.of("dataset", "errors", "query", "level:error", "projectSlug", api.slug())),
                call("search_events", Map.of("dataset", "logs", "query", "severity:error")),
                call("search_events", Map.of("dataset", "spans", "query", "span.op:db")),
                call("search_issue_events", Map.of("issueId", shortId, "query", "color:red")),
                call("get_issue_tag_values", Map.of("issueId", shortId, "tagKey", "color")),
                call("get_event_attachment", Map.of("projectSlug", api.slug(), "eventId", event)),
                call("get_sentry_resource", Map.of("resourceType", "issue", "resourceId", shortId)),
                call("get_sentry_resource", Map.of("resourceType", "event", "resourceId", event)),
                call("update_issue", Map.of("issueId", shortId, "status", "resolved", "reason", "mended")));
    }

    private static AgentTools.Call call(String name, Map<String, Object> arguments) {
        return new AgentTools.Call(name, with(arguments, "organizationSlug", "default"));
    }

    private static Map<String, Object> with(Map<String, Object> arguments, String name, Object value) {
        Map<String, Object> more = new HashMap<>(arguments);
        more.put(name, value);
        return more;
    }

    /** It would report its faults to its makers; here nobody is told. */
    private static List<String> connection() {
        return List.of(
                "--host=" + URI.create(cluster.query.url()).getAuthority(),
                "--access-token=" + token,
                "--insecure-http",
                "--sentry-dsn=");
    }
}
