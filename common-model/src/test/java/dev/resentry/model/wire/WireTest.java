package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.outcome.RejectionReason;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contracts of the Kafka records: earlier versions and unknown fields stay readable. */
class WireTest {
    private static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final long BUCKET = -8898255187149249109L;
    private static final Instant AT = Instant.parse("2026-11-20T10:11:12.345678Z");

    @Test
    void anEnvelopeComesBackAsItWas() {
        var full = new Receipt(
                EnvelopeId.at(AT),
                new ProjectId(42),
                KEY,
                AT,
                Endpoint.STORE,
                new EventId(UUID.randomUUID()),
                "gzip",
                "text/plain",
                "sentry.java/8",
                "10.1.2.3",
                "agent ü",
                "https://shop.example",
                "status=ok",
                "nightly",
                Set.of(DataCategory.ERROR, DataCategory.ATTACHMENT));
        var sparse = new Receipt(
                EnvelopeId.at(AT),
                new ProjectId(1),
                KEY,
                AT,
                Endpoint.ENVELOPE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        for (Receipt receipt : List.of(full, sparse)) {
            Map<String, byte[]> headers = EnvelopeRecord.headers(receipt);

            assertThat(EnvelopeRecord.read(headers::get, new byte[] {1, 2}))
                    .isInstanceOfSatisfying(EnvelopeRecord.Received.class, read -> {
                        assertThat(read.envelope().receipt()).isEqualTo(receipt);
                        assertThat(read.envelope().body()).containsExactly(1, 2);
                    });
        }
    }

    /** A record as version 1 writes it, in letters. If this fails, records of past months cannot be read any more. */
    @Test
    void aRecordOfVersionOneIsReadForEver() {
        Map<String, String> headers = Map.of(
                "version", "1",
                "envelope-id", "019aa000-0000-7000-8000-000000000001",
                "project-id", "42",
                "public-key", "e12d836b15bb49d7bbf99e64295d995b",
                "received-at", "1763633472345678",
                "endpoint", "envelope",
                "event-id", "9ec79c33ec9942ab8353589fcb2e04dc",
                "content-encoding", "br",
                "of-a-newer-gateway", "unknown");

        EnvelopeRecord.Read read = EnvelopeRecord.read(name -> bytes(headers.get(name)), bytes("body"));

        RawEnvelope envelope = ((EnvelopeRecord.Received) read).envelope();
        assertThat(envelope.receipt().id()).hasToString("019aa000-0000-7000-8000-000000000001");
        assertThat(envelope.receipt().receivedAt()).isEqualTo("2025-11-20T10:11:12.345678Z");
        assertThat(envelope.receipt().contentEncoding()).isEqualTo("br");
        assertThat(envelope.receipt().eventId()).hasToString("9ec79c33ec9942ab8353589fcb2e04dc");
    }

    @Test
    void aRecordThatNoGatewayWroteSaysWhy() {
        Map<String, byte[]> headers = new HashMap<>(EnvelopeRecord.headers(new Receipt(
                EnvelopeId.at(AT),
                new ProjectId(1),
                KEY,
                AT,
                Endpoint.ENVELOPE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of())));

        assertThat(EnvelopeRecord.read(headers::get, null))
                .isEqualTo(new EnvelopeRecord.Unreadable("record has no value"));
        headers.put("project-id", bytes("x"));
        assertThat(EnvelopeRecord.read(headers::get, new byte[0]))
                .isEqualTo(new EnvelopeRecord.Unreadable("header project-id: unreadable: x"));
        headers.remove("project-id");
        assertThat(EnvelopeRecord.read(headers::get, new byte[0]))
                .isEqualTo(new EnvelopeRecord.Unreadable("header project-id: missing"));
        headers.put("version", bytes("9"));
        assertThat(EnvelopeRecord.read(headers::get, new byte[0]))
                .isEqualTo(new EnvelopeRecord.Unreadable("header version: 9 (expected: 1)"));
    }

    @Test
    void aProjectComesBackAsItWasAndUnknownFieldsAreReadOver() {
        var project = new ProjectConfig(
                new ProjectId(7),
                3,
                "shop",
                true,
                List.of(
                        new ProjectConfig.Key(KEY, true, List.of()),
                        new ProjectConfig.Key(KEY, false, List.of(new Quota(Set.of(), 0, Duration.ofHours(1), "off")))),
                List.of("*.shop.example"),
                List.of(new Quota(Set.of(DataCategory.ERROR), 120, Duration.ofMinutes(1), "project")));

        String json = new String(ProjectRecord.value(project), UTF_8);

        assertThat(ProjectRecord.read(bytes(json))).isEqualTo(project);
        assertThat(ProjectRecord.read(bytes(json.replaceFirst("\\{", "{\"of_tomorrow\":[1],"))))
                .isEqualTo(project);
        assertThat(ProjectRecord.key(project.id())).asString().isEqualTo("7");
    }

    @Test
    void aProjectRecordThatIsNoneSaysWhy() {
        assertThatThrownBy(() -> ProjectRecord.read(bytes("{\"id\":7}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("project record");
        assertThatThrownBy(() -> ProjectRecord.read(bytes("rubbish"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProjectRecord.read(bytes("[]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("project record: array (expected: an object)");
    }

    /** What stands in a sound record, what stands there instead, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "\"slug\":\"shop\",\"active\":true|\"slug\":\"shop\",\"active\":null|active: null (expected: true or false)",
                "\"slug\":\"shop\",\"active\":true|\"slug\":\"shop\",\"active\":1|active: number (expected: true or false)",
                "\"slug\":\"shop\",\"active\":true|\"slug\":\"shop\"|active: missing (expected: true or false)",
                "\"slug\":\"shop\"|\"slug\":5|slug: number (expected: a text)",
                "\"id\":7|\"id\":\"7\"|id: string (expected: a whole number)",
                "\"id\":7|\"id\":7.5|id: number (expected: a whole number)",
                "\"revision\":3|\"revision\":null|revision: null (expected: a whole number)",
                "\"active\":false|\"active\":\"false\"|keys[0].active: string (expected: true or false)",
                "\"public_key\":\"e12d836b15bb49d7bbf99e64295d995b\"|\"public_key\":{}|keys[0].public_key: object (expected: a text)",
                "\"public_key\":\"e12d|\"public_key\":\".12d|public key: 32 characters",
                "\"allowed_origins\":[\"*.shop.example\"]|\"allowed_origins\":null|allowed_origins: null (expected: a list)",
                "\"allowed_origins\":[\"*.shop.example\"]|\"allowed_origins\":[1]|allowed_origins[0]: number (expected: a text)",
                "\"limit\":120|\"limit\":null|quotas[0].limit: null (expected: a whole number)",
                "\"limit\":120|\"limit\":99999999999999999999|quotas[0].limit: number (expected: a whole number)",
                "\"window\":60|\"window\":true|quotas[0].window: boolean (expected: a whole number)",
                "\"categories\":[\"error\"]|\"categories\":\"error\"|quotas[0].categories: string (expected: a list)",
                "\"reason_code\":\"project\"|\"reason_code\":[]|quotas[0].reason_code: array (expected: a text)"
            })
    void aFieldOfAWrongTypeIsRefusedByItsName(String sound, String given, String said) {
        var project = new ProjectConfig(
                new ProjectId(7),
                3,
                "shop",
                true,
                List.of(new ProjectConfig.Key(KEY, false, List.of())),
                List.of("*.shop.example"),
                List.of(new Quota(Set.of(DataCategory.ERROR), 120, Duration.ofMinutes(1), "project")));
        String json = new String(ProjectRecord.value(project), UTF_8);

        assertThat(json).contains(sound);
        assertThatThrownBy(() -> ProjectRecord.read(bytes(json.replace(sound, given))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void usageOfLimitsComesBackAsItWas() {
        var record = new UsageRecord(
                UUID.randomUUID(),
                9,
                true,
                List.of(
                        new UsageRecord.Usage(-5, 60, 1_763_633_460, 1.5, 3, 40),
                        new UsageRecord.Usage(6, 1, 1_763_633_472, 0, 0, 0)));

        assertThat(UsageRecord.read(record.value())).contains(record);
    }

    /** Gateways of different versions run side by side while they are replaced. */
    @Test
    void usageOfOtherVersionsIsPassedOverAndFieldsMayBeAppended() {
        var usage = new UsageRecord.Usage(6, 60, 1_763_633_460, 0.5, 3, 40);
        var record = new UsageRecord(UUID.randomUUID(), 1, false, List.of(usage, usage));
        byte[] value = record.value();

        byte[] longer = new byte[value.length + 2 * 4];
        System.arraycopy(value, 0, longer, 0, 32);
        System.arraycopy(value, 32, longer, 32, 48);
        System.arraycopy(value, 80, longer, 32 + 52, 48);
        longer[27] = 52;
        assertThat(UsageRecord.read(longer)).contains(record);

        value[0] = 2;
        assertThat(UsageRecord.read(value)).isEmpty();
        assertThat(UsageRecord.read(new byte[0])).isEmpty();
        assertThat(UsageRecord.read(Arrays.copyOf(record.value(), 100))).isEmpty();
    }

    @Test
    void aLimitHasTheSameNumberInEveryGateway() {
        var quota = new Quota(
                Set.of(DataCategory.ERROR, DataCategory.DEFAULT), 120, Duration.ofMinutes(1), "project_quota");
        long bucket = UsageRecord.bucket(new ProjectId(7), null, quota);

        assertThat(bucket).isEqualTo(BUCKET);
        assertThat(UsageRecord.bucket(
                        new ProjectId(7), null, new Quota(quota.categories(), 60, quota.window(), quota.reasonCode())))
                .isEqualTo(bucket);
        assertThat(UsageRecord.bucket(new ProjectId(7), KEY, quota)).isNotEqualTo(bucket);
        assertThat(UsageRecord.bucket(new ProjectId(8), null, quota)).isNotEqualTo(bucket);
    }

    @Test
    void anOutcomeComesBackAsItWas() {
        var outcome = new OutcomeRecord(
                Instant.parse("2026-11-20T10:11:12Z"),
                new ProjectId(7),
                KEY,
                DataCategory.ATTACHMENT,
                new Outcome.RateLimited("project_quota"),
                1_000_000,
                UUID.randomUUID(),
                3);

        String json = new String(outcome.value(), UTF_8);

        assertThat(OutcomeRecord.read(bytes(json))).isEqualTo(outcome);
        assertThat(OutcomeRecord.read(
                                bytes(json.replace("attachment", "of_tomorrow").replaceFirst("\\{", "{\"x\":1,")))
                        .category())
                .isEqualTo(DataCategory.UNKNOWN);
        assertThatThrownBy(() -> OutcomeRecord.read(bytes("{\"version\":1}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outcome record");
    }

    @Test
    void anOutcomeOfVersionOneIsReadable() {
        String json = """
                {"version":1,"timestamp":"2026-11-20T10:11:12Z","project_id":7,
                 "public_key":"e12d836b15bb49d7bbf99e64295d995b","category":"error","outcome":"invalid",
                 "reason":"invalid_envelope","quantity":2,"source":"0198f6a0-0000-7000-8000-000000000001","sequence":5}
                """;

        OutcomeRecord record = OutcomeRecord.read(bytes(json));

        assertThat(record)
                .isEqualTo(new OutcomeRecord(
                        Instant.parse("2026-11-20T10:11:12Z"),
                        new ProjectId(7),
                        KEY,
                        DataCategory.ERROR,
                        new Outcome.Invalid(RejectionReason.INVALID_ENVELOPE),
                        2,
                        UUID.fromString("0198f6a0-0000-7000-8000-000000000001"),
                        5));
        assertThat(new String(record.value(), UTF_8)).isEqualToIgnoringWhitespace(json);
        assertThat(OutcomeRecord.read(bytes(json.replace("invalid_envelope", "of_tomorrow")))
                        .outcome())
                .isEqualTo(new Outcome.Invalid(RejectionReason.UNKNOWN));
        assertThatThrownBy(() -> OutcomeRecord.read(bytes(json.replace("\"invalid\"", "\"stored\""))))
                .hasMessageContaining("'stored' is no outcome of a gateway");
    }

    @Test
    void envelopeIdsAreOfVersionSevenAndSortByArrival() {
        EnvelopeId early = EnvelopeId.at(AT);
        EnvelopeId late = EnvelopeId.at(AT.plusMillis(1));

        assertThat(early.value().version()).isEqualTo(7);
        assertThat(early.value().getMostSignificantBits() >>> 16).isEqualTo(AT.toEpochMilli());
        assertThat(early.toString()).isLessThan(late.toString());
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    @Test
    void aWantedProjectComesBackAsItWas() {
        var wanted = new ProjectCreationRequest("new-shop");

        assertThat(ProjectCreationRequest.read(wanted.value())).isEqualTo(wanted);
        assertThat(ProjectCreationRequest.read("{\"version\":1,\"slug\":\"x\",\"later\":2}".getBytes(UTF_8))
                        .slug())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":2,\"slug\":\"x\"} | version",
                "{\"version\":1} | slug",
                "{\"version\":1,\"slug\":\"No Slug\"} | No Slug",
                "{\"version\":1,\"slug\":\"e12d836b15bb49d7bbf99e64295d995b\"} | key",
                "rubbish | rubbish"
            })
    void whatNoGatewayWroteIsNoWantedProject(String value, String why) {
        assertThatThrownBy(() -> ProjectCreationRequest.read(value.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
