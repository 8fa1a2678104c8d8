package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.gateway.limit.ClusterRateLimits;
import dev.resentry.gateway.limit.LimitSettings;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A gateway with limits, whose clock stands still 15 seconds into a minute; records what it keeps and reports. */
final class LimitedScene implements ProjectDirectory, EnvelopePublisher, AutoCloseable {
    static final String KEY = "e12d836b15bb49d7bbf99e64295d995b";
    static final String OTHER_KEY = "c".repeat(32);
    static final String DISABLED_KEY = "b".repeat(32);
    static final int MAX_BODY = 200_000;
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-20T10:00:15.250Z"), ZoneOffset.UTC);

    private final List<RawEnvelope> kept = new CopyOnWriteArrayList<>();
    private final Map<String, Long> outcomes = new ConcurrentSkipListMap<>();
    private final GatewayUnderTest gateway;
    private final ProjectConfig project;
    private volatile @Nullable CompletableFuture<Publication> publication;

    private LimitedScene(ProjectConfig project, String eventsPerMinute, OutcomeReporter further) {
        this.project = project;
        OutcomeReporter reporter = (id, key, category, outcome, quantity) -> {
            outcomes.merge(
                    "%s %s %s %s %s"
                            .formatted(id, nameOf(key), category.wireName(), outcome.wireName(), outcome.reasonName()),
                    quantity,
                    Long::sum);
            further.report(id, key, category, outcome, quantity);
        };
        var limits = new ClusterRateLimits(new LimitSettings(eventsPerMinute), NOW, UUID.randomUUID());
        this.gateway = GatewayUnderTest.with(this, this, MAX_BODY, limits, reporter, NOW);
    }

    /** A project with limits. */
    static LimitedScene with(Quota... quotas) {
        return of(true, List.of(), quotas);
    }

    /** A project whose first key has limits too. */
    static LimitedScene withKeyLimits(List<Quota> ofKey, Quota... quotas) {
        return of(true, ofKey, quotas);
    }

    static LimitedScene disabled(Quota... quotas) {
        return of(false, List.of(), quotas);
    }

    /** A project without limits of its own. */
    static LimitedScene byDefault(String eventsPerMinute) {
        return new LimitedScene(config(true, List.of()), eventsPerMinute, (_, _, _, _, _) -> {});
    }

    static LimitedScene reportingTo(OutcomeReporter further, Quota... quotas) {
        return new LimitedScene(config(true, List.of(), quotas), "unlimited", further);
    }

    private static LimitedScene of(boolean active, List<Quota> ofKey, Quota... quotas) {
        return new LimitedScene(config(active, ofKey, quotas), "unlimited", (_, _, _, _, _) -> {});
    }

    private static ProjectConfig config(boolean active, List<Quota> ofKey, Quota... quotas) {
        return new ProjectConfig(
                new ProjectId(42),
                1,
                "shop",
                active,
                List.of(
                        new ProjectConfig.Key(new PublicKey(KEY), true, ofKey),
                        new ProjectConfig.Key(new PublicKey(OTHER_KEY), true, List.of()),
                        new ProjectConfig.Key(new PublicKey(DISABLED_KEY), false, List.of())),
                List.of("shop.example"),
                List.of(quotas));
    }

    /** So much a minute, for some categories or for everything. */
    static Quota quota(long limit, DataCategory... categories) {
        return new Quota(Set.of(categories), limit, Duration.ofMinutes(1), "project_quota");
    }

    /** Kafka and the spool take nothing any more. */
    void keepNothing() {
        publication = CompletableFuture.completedFuture(new Publication.Unavailable("away"));
    }

    void keepAgain() {
        publication = null;
    }

    /** What was kept. */
    List<RawEnvelope> kept() {
        return List.copyOf(kept);
    }

    /** What the last that was kept is marked with. */
    Set<DataCategory> mark() {
        return kept.getLast().receipt().limited();
    }

    /** Quantities by project, key, category, outcome and reason. */
    Map<String, Long> outcomes() {
        return new TreeMap<>(outcomes);
    }

    WireResponse envelope(String... items) {
        return envelopeWith(KEY, items);
    }

    WireResponse envelopeWith(String key, String... items) {
        return post("/api/42/envelope/?sentry_key=" + key, "X: x", framed(items).getBytes(UTF_8));
    }

    WireResponse zipped(String... items) {
        return post("/api/42/envelope/?sentry_key=" + KEY, "Content-Encoding: gzip", gzip(framed(items)));
    }

    WireResponse post(String target, String header, String body) {
        return post(target, header, body.getBytes(UTF_8));
    }

    WireResponse post(String target, String header, byte[] body) {
        return say("POST", target, header, body);
    }

    WireResponse say(String method, String target, String header, byte[] body) {
        try (Wire wire = new Wire(gateway.port())) {
            wire.say("%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(method, target, header, body.length));
            wire.say(body);
            return wire.response();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An envelope of items. */
    static String framed(String... items) {
        return "{}\n" + String.join("", items);
    }

    static String event() {
        return item("event", "", "{}");
    }

    static String attachment(int bytes) {
        return item("attachment", ",\"filename\":\"a\"", "x".repeat(bytes));
    }

    static String minidump() {
        return item("attachment", ",\"attachment_type\":\"event.minidump\"", "MDMP0");
    }

    /** Of a text that no coding makes much shorter. */
    static String incompressible(String type, int bytes) {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return item(type, "", text.substring(0, bytes));
    }

    /** @param fields of the header, each behind a comma */
    static String item(String type, String fields, String payload) {
        return "{\"type\":\"%s\",\"length\":%d%s}\n%s\n"
                .formatted(type, payload.getBytes(UTF_8).length, fields, payload);
    }

    static byte[] gzip(String text) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String nameOf(@Nullable PublicKey key) {
        return key == null ? "none" : key.value().substring(0, 1);
    }

    @Override
    public CompletableFuture<Publication> publish(RawEnvelope envelope) {
        CompletableFuture<Publication> instead = publication;
        if (instead != null) {
            return instead;
        }
        kept.add(envelope);
        return CompletableFuture.completedFuture(new Publication.Kept());
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Optional<ProjectConfig> find(ProjectId id) {
        return Optional.of(project).filter(own -> own.id().equals(id));
    }

    @Override
    public Optional<ProjectConfig> findByKey(PublicKey key) {
        return Optional.of(project)
                .filter(own -> own.keys().stream().anyMatch(k -> k.publicKey().equals(key)));
    }

    @Override
    public Optional<ProjectConfig> findBySlug(String slug) {
        return Optional.of(project).filter(own -> own.slug().equals(slug));
    }

    /** Statuses in their order. */
    static List<Integer> statuses(WireResponse... answers) {
        return Arrays.stream(answers)
                .map(WireResponse::status)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
