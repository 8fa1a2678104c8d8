package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.AlertFired;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import dev.resentry.model.wire.ProcessedRecord.RowsChanged;
import dev.resentry.model.wire.ProcessedRecord.SessionMinute;
import dev.resentry.model.wire.ProcessedRecord.SessionsCounted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of topic {@code events}. */
class ProcessedRecordTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:11:12.345678Z");
    private static final EnvelopeId ENVELOPE =
            EnvelopeId.parse("019a9f0a-2c39-7abc-8def-0123456789ab").orElseThrow();
    private static final EventId EVENT =
            EventId.parse("9ec79c33ec9942ab8353589fcb2e04dc").orElseThrow();

    /** A record as version 1 writes it, in letters. If this fails, consumers of today cannot read what is written. */
    private static final String EVENT_RECORD = """
            {"version":1,"type":"item_stored","id":"6c6a4a3a-6a1d-3c42-9b5a-3f1de3c3f0a1","cause":"live","project_id":42,\
            "at":"2026-11-20T10:11:12.345678Z","envelope_id":"019a9f0a-2c39-7abc-8def-0123456789ab","position":1,\
            "item_type":"event","category":"error","received_at":"2026-11-20T10:11:12.345678Z","size":812,\
            "event_id":"9ec79c33ec9942ab8353589fcb2e04dc","event":{"issue_id":7,"occurred_at":"2026-11-20T10:11:12.345678Z",\
            "level":"error","platform":"java","title":"IOException: gone","culprit":"shop.Cart in add","release":"shop@1.2",\
            "environment":"production","tags":{"browser":"Firefox"}}}""";

    @Test
    void aStoredEventIsWrittenAndReadInTheseLetters() {
        var record = event(UUID.fromString("6c6a4a3a-6a1d-3c42-9b5a-3f1de3c3f0a1"));

        assertThat(ProcessedRecordJson.write(record)).isEqualTo(EVENT_RECORD);
        assertThat(ProcessedRecordJson.read(EVENT_RECORD.getBytes(UTF_8))).contains(record);
    }

    @Test
    void anItemOfNothingButAnEnvelopeComesBackAsItWas() {
        var record = new ItemStored(
                origin(Cause.REPLAY), ENVELOPE, 0, "client_report", DataCategory.DEFAULT, AT, 0, null, null);

        assertThat(ProcessedRecordJson.read(ProcessedRecordJson.write(record).getBytes(UTF_8)))
                .contains(record);
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensToAnIssueComesBackAsItWas(IssueActivity.Kind kind) {
        var byEvent = new IssueActivity(
                origin(Cause.IMPORT), kind, 7, "title", null, "error", null, "unresolved", EVENT, null);
        var byPerson = new IssueActivity(
                origin(Cause.REGROUP), kind, 7, "title", "there", "info", "go", "resolved", null, "ann@example.com");

        for (IssueActivity record : new IssueActivity[] {byEvent, byPerson, byPerson.withEntry(12L)}) {
            assertThat(ProcessedRecordJson.read(
                            ProcessedRecordJson.write(record).getBytes(UTF_8)))
                    .contains(record);
        }
    }

    @Test
    void whatCopiesHaveToFollowComesBackAsItWas() {
        var rows = new RowsChanged(origin(Cause.REGROUP), List.of(AT, AT.plusSeconds(1)));
        var sessions = new SessionsCounted(
                origin(Cause.LIVE),
                List.of(new SessionMinute("shop@1.2", "", AT), new SessionMinute("", "production", AT)));

        for (ProcessedRecord record : List.of(rows, sessions)) {
            assertThat(ProcessedRecordJson.read(
                            ProcessedRecordJson.write(record).getBytes(UTF_8)))
                    .contains(record);
            assertThat(record.keyText()).isEqualTo(record.origin().projectId() + "/data");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatBecomesOfAReleaseComesBackAsItWas(ReleaseActivity.Step kind) {
        var said = new ReleaseActivity(
                origin(Cause.LIVE), kind, "shop@1.2", 9L, "production", "https://ci.example.com/9", "ann@example.com");
        var seen = new ReleaseActivity(origin(Cause.LIVE), kind, "shop@1.2", null, null, null, null);

        for (ReleaseActivity record : new ReleaseActivity[] {said, seen}) {
            assertThat(ProcessedRecordJson.read(
                            ProcessedRecordJson.write(record).getBytes(UTF_8)))
                    .contains(record);
        }
        assertThat(said.keyText()).isEqualTo("42/release/shop@1.2");
    }

    @Test
    void aFiredAlertComesBackAsItWasWithTheKeyOfItsIssue() {
        var ofIssue = new AlertFired(origin(Cause.LIVE), 3, 4, "Too many", 7, "IOException", EVENT, "11 in 5 min");
        var ofProject = new AlertFired(origin(Cause.LIVE), 3, 4, "Too many", 0, "Shop", null, "11 in 5 min");

        for (AlertFired record : new AlertFired[] {ofIssue, ofProject}) {
            assertThat(ProcessedRecordJson.read(
                            ProcessedRecordJson.write(record).getBytes(UTF_8)))
                    .contains(record);
        }
        assertThat(ofIssue.keyText()).isEqualTo("42/7");
        assertThat(ofProject.keyText()).isEqualTo("42/alerts");
    }

    @Test
    void everythingOfAnIssueHasOneKeyAndTheRestThatOfItsEnvelope() {
        var issue = new IssueActivity(
                origin(Cause.LIVE), IssueActivity.Kind.NEW, 7, "t", null, "error", null, "unresolved", EVENT, null);
        var session =
                new ItemStored(origin(Cause.LIVE), ENVELOPE, 3, "session", DataCategory.SESSION, AT, 90, null, null);

        assertThat(event(UUID.randomUUID()).key())
                .isEqualTo(issue.key())
                .asString(UTF_8)
                .isEqualTo("42/7");
        assertThat(session.keyText()).isEqualTo("42/019a9f0a-2c39-7abc-8def-0123456789ab");
    }

    @Test
    void whatIsPassedOverIsToldByTheFirstBytesAndTheKeyAlone() {
        var issue = new IssueActivity(
                origin(Cause.LIVE), IssueActivity.Kind.NEW, 7, "t", null, "error", null, "unresolved", EVENT, null);
        ItemStored item = event(UUID.randomUUID());

        assertThat(ProcessedRecordJson.toBytes(item)).asString(UTF_8).isEqualTo(ProcessedRecordJson.write(item));
        assertThat(ProcessedRecordJson.beginsAsItemStored(ProcessedRecordJson.toBytes(item)))
                .isTrue();
        assertThat(ProcessedRecordJson.beginsAsItemStored(ProcessedRecordJson.toBytes(issue)))
                .isFalse();
        assertThat(ProcessedRecordJson.beginsAsItemStored(new byte[] {'{'})).isFalse();
        assertThat(ProcessedRecord.projectOf(item.key())).contains(new ProjectId(42));
        assertThat(ProcessedRecord.projectOf("another/key".getBytes(UTF_8))).isEmpty();
        assertThat(ProcessedRecord.projectOf("42".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void anItemHasTheSameIdAtEachReplayAndNoOtherItemHasIt() {
        assertThat(ItemStored.id(ENVELOPE, 1))
                .isEqualTo(ItemStored.id(ENVELOPE, 1))
                .isNotEqualTo(ItemStored.id(ENVELOPE, 2))
                .isNotEqualTo(ItemStored.id(EnvelopeId.at(AT), 1));
    }

    @Test
    void aTypeOfALaterVersionIsPassedOverAndAnUnknownFieldToo() {
        String later = EVENT_RECORD.replace("item_stored", "deployment_created");
        String wider = EVENT_RECORD.replace("\"size\":812", "\"size\":812,\"trace_id\":\"ab\"");

        assertThat(ProcessedRecordJson.read(later.getBytes(UTF_8))).isEmpty();
        assertThat(ProcessedRecordJson.read(wider.getBytes(UTF_8))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":1    | \"version\":2     | version 2 (expected: 1)",
                "\"cause\":\"live\" | \"cause\":\"odd\" | cause: \"odd\"",
                "\"project_id\":42, | ``               | project_id",
            })
    void whatNobodyCouldHaveWrittenIsRefusedWithItsField(String sound, String broken, String why) {
        String value = EVENT_RECORD.replace(sound, broken);

        assertThatThrownBy(() -> ProcessedRecordJson.read(value.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static ItemStored event(UUID id) {
        return new ItemStored(
                new Origin(id, Cause.LIVE, new ProjectId(42), AT),
                ENVELOPE,
                1,
                "event",
                DataCategory.ERROR,
                AT,
                812,
                EVENT,
                new EventSummary(
                        7,
                        AT,
                        "error",
                        "java",
                        "IOException: gone",
                        "shop.Cart in add",
                        "shop@1.2",
                        "production",
                        Map.of("browser", "Firefox")));
    }

    private static Origin origin(Cause cause) {
        return new Origin(UUID.randomUUID(), cause, new ProjectId(42), AT);
    }
}
