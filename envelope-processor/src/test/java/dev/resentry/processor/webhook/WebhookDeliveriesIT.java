package dev.resentry.processor.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.issue.state.Priority;
import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueChange;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.notification.ConcernedPeople;
import dev.resentry.storage.notification.NotificationKind;
import dev.resentry.storage.notification.NotificationSettings;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.NewDeployment;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseStore;
import dev.resentry.storage.webhook.WebhookEvent;
import dev.resentry.storage.webhook.WebhookFormat;
import dev.resentry.storage.webhook.WebhookNews;
import dev.resentry.storage.webhook.WebhookStore;
import dev.resentry.storage.webhook.WebhookStore.Details;
import dev.resentry.storage.webhook.WebhookSubjects;
import dev.resentry.testsupport.server.TestServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What stores tell topic {@code events}, and what webhooks and people are told of it. */
@Timeout(120)
class WebhookDeliveriesIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Author ANN = new Author(11, "Ann", "ann@example.org");

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static IssueStore issues;
    private static IssueActivityStore activity;
    private static WebhookStore webhooks;
    private static WebhookDeliveries deliveries;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                4,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        var transactions = new DataSourceTransactionManager(pool);
        issues = new IssueStore(pool, transactions, InstantSource.system());
        activity = new IssueActivityStore(pool, transactions);
        webhooks = new WebhookStore(jdbc);
        var links = new WebhookLinks(URI.create("https://errors.example"));
        deliveries = new WebhookDeliveries(
                webhooks,
                new WebhookSubjects(jdbc),
                new WebhookContent(links),
                new PersonalNotices(new ConcernedPeople(jdbc), links),
                new DeliveryOutbox(pool),
                InstantSource.system());
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'shop', 'Shop', 'active', 1, now(), now()), (2, 'two', 'Two', 'active', 1, now(), now())
                        """).update();
        jdbc.sql("""
                        INSERT INTO users (id, email, name, role, password_hash, active, created_at)
                        OVERRIDING SYSTEM VALUE
                        VALUES (11, 'ann@example.org', 'Ann', 'admin', '', true, now()),
                               (12, 'ben@example.org', 'Ben Bell', 'admin', '', true, now()),
                               (13, 'cid@example.org', 'Cid', 'admin', '', true, now())
                        """).update();
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @BeforeEach
    void clear() {
        jdbc.sql("""
                        TRUNCATE webhooks, deliveries, issues, issue_activities, events_outbox, notification_settings, releases
                                 RESTART IDENTITY CASCADE
                        """).update();
        jdbc.sql("""
                        INSERT INTO issues (id, project_id, title, error_type, culprit, level, status, event_count, first_seen, last_seen,
                                            created_at)
                        VALUES (7, 1, 'CartException: no cart', 'CartException', 'shop.Cart', 'error', 'unresolved', 1, now(), now(),
                                now())
                        """).update();
    }

    private static long webhook(@Nullable Long project, WebhookFormat form, Set<WebhookEvent> events) {
        return webhooks.add(
                        project,
                        new Details("https://hooks.example/x", form, events, true),
                        "secret",
                        "ann@example.org")
                .orElseThrow();
    }

    /** What the stores have told, as a reader gets it: each record twice, and all of them again. */
    private static void tell() {
        List<ProcessedRecord> told =
                jdbc.sql("SELECT value FROM events_outbox ORDER BY id").query(String.class).list().stream()
                        .flatMap(value -> ProcessedRecordJson.read(value.getBytes(UTF_8)).stream())
                        .toList();
        tell(told);
    }

    private static void tell(List<ProcessedRecord> told) {
        for (ProcessedRecord record : told) {
            deliveries.add(List.of(record, record));
        }
        deliveries.add(told);
    }

    private static IssueActivity happened(IssueActivity.Kind kind, @Nullable String by) {
        return happened(kind, by, Instant.now());
    }

    private static IssueActivity happened(IssueActivity.Kind kind, @Nullable String by, Instant at) {
        return new IssueActivity(
                new Origin(UUID.randomUUID(), Cause.LIVE, new ProjectId(1), at),
                kind,
                7,
                "CartException: no cart",
                null,
                "error",
                null,
                "unresolved",
                null,
                by);
    }

    private static List<String> events() {
        return jdbc.sql("SELECT content #>> '{lean,event}' FROM deliveries WHERE kind = 'webhook' ORDER BY id")
                .query(String.class)
                .list();
    }

    private static List<String> mails() {
        return jdbc.sql(
                        "SELECT target || ': ' || (content ->> 'subject') FROM deliveries WHERE kind = 'notice' ORDER BY target, id")
                .query(String.class)
                .list();
    }

    private static JsonNode content() {
        return JSON.readTree(
                jdbc.sql("SELECT content::text FROM deliveries WHERE kind = 'webhook' ORDER BY id DESC LIMIT 1")
                        .query(String.class)
                        .single());
    }

    private static void everything() {
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(12), null), ANN);
        activity.comment(7, "Look at this", ANN);
        issues.change(
                List.of(7L),
                new IssueChange(new StatusWish.Resolve(new StatusWish.From.Everywhere()), null, null),
                ANN);
        issues.change(List.of(7L), new IssueChange(new StatusWish.Unresolve(), null, null), ANN);
        var releases = new ReleaseStore(pool, new DataSourceTransactionManager(pool));
        long release = releases.save(1, "shop@1.2", new ReleaseDetails(null, null, null, null), "ann@example.org")
                .orElseThrow()
                .id();
        releases.save(1, "shop@1.2", new ReleaseDetails(null, "main", null, null), "ann@example.org");
        new DeploymentStore(jdbc)
                .add(release, new NewDeployment("production", null, null, null, Instant.now(), "ann@example.org"));
        WebhookNews.alertFired(
                jdbc, new WebhookNews.Fired(5, 1, 6, "Too many", 7, "no cart", null, "11 events", Instant.now()));
    }

    @Test
    void everyEventIsToldOnceToEachWebhookHoweverOftenItsRecordComes() {
        webhook(1L, WebhookFormat.LEAN, EnumSet.allOf(WebhookEvent.class));

        everything();
        tell();
        tell(List.of(happened(IssueActivity.Kind.NEW, null)));
        tell(List.of(happened(IssueActivity.Kind.REGRESSED, null)));
        tell(List.of(happened(IssueActivity.Kind.ESCALATED, null)));

        assertThat(events())
                .containsExactly(
                        "issue.assigned",
                        "comment.created",
                        "issue.resolved",
                        "issue.unresolved",
                        "release.created",
                        "deployment.created",
                        "alert.fired",
                        "issue.created",
                        "issue.regressed",
                        "issue.unresolved");
    }

    @Test
    void aWebhookIsToldOfItsProjectAndItsEventsWhileItIsEnabledAndNotOfWhatWasBefore() {
        webhook(1L, WebhookFormat.LEAN, Set.of(WebhookEvent.ISSUE_ASSIGNED));
        long all = webhook(null, WebhookFormat.LEAN, Set.of(WebhookEvent.COMMENT_CREATED));
        webhook(2L, WebhookFormat.LEAN, EnumSet.allOf(WebhookEvent.class));
        long off = webhook(1L, WebhookFormat.LEAN, EnumSet.allOf(WebhookEvent.class));
        webhooks.change(
                off,
                new Details("https://hooks.example/x", WebhookFormat.LEAN, EnumSet.allOf(WebhookEvent.class), false));

        everything();
        webhook(1L, WebhookFormat.LEAN, Set.of(WebhookEvent.ISSUE_RESOLVED));
        tell();

        assertThat(events()).containsExactlyInAnyOrder("issue.assigned", "comment.created");
        assertThat(webhooks.find(all).orElseThrow().last()).isNotNull();
    }

    @Test
    void aChangeOfPriorityIsToldToNobody() {
        webhook(1L, WebhookFormat.LEAN, EnumSet.allOf(WebhookEvent.class));

        issues.change(List.of(7L), new IssueChange(null, null, Priority.HIGH), ANN);
        tell();

        assertThat(events()).isEmpty();
    }

    @Test
    void theSentryFormHasTheIssueAsItsApiAndWhoDidIt() {
        webhook(1L, WebhookFormat.SENTRY, EnumSet.allOf(WebhookEvent.class));
        issues.change(
                List.of(7L),
                new IssueChange(new StatusWish.Resolve(new StatusWish.From.Everywhere()), null, null),
                ANN);
        tell();

        JsonNode sentry = content().path("sentry");
        assertThat(sentry.path("resource").asString()).isEqualTo("issue");
        assertThat(sentry.path("action").asString()).isEqualTo("resolved");
        assertThat(sentry.at("/actor/name").asString()).isEqualTo("Ann");
        JsonNode issue = sentry.at("/data/issue");
        assertThat(issue.path("id").asString()).isEqualTo("7");
        assertThat(issue.path("status").asString()).isEqualTo("resolved");
        assertThat(issue.at("/metadata/value").asString()).isEqualTo("no cart");
        assertThat(issue.path("web_url").asString()).isEqualTo("https://errors.example/ui/issues/7");
        // Receivers write it again to verify it: nothing may be written in two ways.
        assertThat(JSON.readTree(JSON.writeValueAsString(sentry))).isEqualTo(sentry);
        assertThat(JSON.writeValueAsString(sentry)).doesNotContainPattern("\":-?\\d+[.eE]");
    }

    @Test
    void thePluginFormNamesTheRule() {
        webhook(1L, WebhookFormat.PLUGIN, Set.of(WebhookEvent.ALERT_FIRED));
        everything();
        tell();

        JsonNode plugin = content().path("plugin");
        assertThat(plugin.path("id").asString()).isEqualTo("7");
        assertThat(plugin.at("/triggering_rules/0").asString()).isEqualTo("Too many");
    }

    @Test
    void whatWaitsForAWebhookThatIsOffOrElsewhereIsNotSent() {
        long hook = webhook(1L, WebhookFormat.LEAN, Set.of(WebhookEvent.ISSUE_CREATED));
        tell(List.of(happened(IssueActivity.Kind.NEW, null)));

        webhooks.change(
                hook,
                new Details("https://hooks.example/x", WebhookFormat.LEAN, Set.of(WebhookEvent.ISSUE_CREATED), true));
        assertThat(states()).containsExactly("waiting");
        webhooks.change(
                hook,
                new Details("https://hooks.example/y", WebhookFormat.LEAN, Set.of(WebhookEvent.ISSUE_CREATED), true));
        assertThat(states()).containsExactly("suppressed");
    }

    private static List<String> states() {
        return jdbc.sql("SELECT state FROM deliveries WHERE kind = 'webhook' ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void whoIsGivenAnIssueIsToldOnceUnlessTheyDidItThemselves() {
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(12), null), ANN);
        tell();
        jdbc.sql("TRUNCATE events_outbox").update();
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(11), null), ANN);
        tell();

        assertThat(mails())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("ben@example.org: [")
                .endsWith("(assigned to you)");
    }

    @Test
    void whoIsNamedInACommentIsToldSoAndTheOthersOfTheIssueThatThereIsAComment() {
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(12), null), ANN);
        jdbc.sql("TRUNCATE events_outbox").update();
        activity.comment(7, "Is it yours, @Ben Bell? Or @cid@example.org. Not @annabel, nor x@Ann", ANN);
        tell();

        assertThat(mails()).hasSize(2);
        assertThat(mails()).allMatch(mail -> mail.endsWith("(you were mentioned)"));
        jdbc.sql("TRUNCATE events_outbox, deliveries").update();
        activity.comment(7, "Nobody", ANN);
        tell();
        assertThat(mails()).hasSize(1).first().asString().startsWith("ben@").endsWith("(new comment)");
    }

    @Test
    void whatIsLongPastIsMailedToNobody() {
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(12), null), ANN);

        tell(List.of(happened(IssueActivity.Kind.REGRESSED, null, Instant.now().minus(Duration.ofMinutes(61)))));
        assertThat(mails()).isEmpty();
        tell(List.of(happened(IssueActivity.Kind.REGRESSED, null, Instant.now().minus(Duration.ofMinutes(59)))));
        assertThat(mails()).hasSize(1);
    }

    @Test
    void whoResolvedAnIssueAndWhoseItIsAreToldThatItCameBack() {
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(12), null), ANN);
        issues.change(
                List.of(7L),
                new IssueChange(new StatusWish.Resolve(new StatusWish.From.Everywhere()), null, null),
                ANN);
        tell(List.of(happened(IssueActivity.Kind.REGRESSED, null)));

        assertThat(mails()).hasSize(2);
        assertThat(mails().getFirst()).startsWith("ann@").endsWith("(happened again)");
        assertThat(mails().getLast()).startsWith("ben@").endsWith("(happened again)");
    }

    @Test
    void whoDoesNotWantIsNotTold() {
        var settings = new NotificationSettings(jdbc);
        settings.save(12, Map.of(NotificationKind.ASSIGNED, false));
        issues.change(List.of(7L), new IssueChange(null, new Assignment.To(12), null), ANN);
        tell();

        assertThat(mails()).isEmpty();
        assertThat(settings.wants(List.of(11L, 12L), NotificationKind.ASSIGNED)).containsExactly(11L);
        assertThat(settings.of(12))
                .containsEntry(NotificationKind.ASSIGNED, false)
                .containsEntry(NotificationKind.COMMENTS, true);
    }
}
