package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of topic {@code events}, version 1. */
public final class ProcessedRecordJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ITEM_STORED = "item_stored";
    private static final byte[] ITEM_BEGIN =
            "{\"version\":1,\"type\":\"%s\"".formatted(ITEM_STORED).getBytes(UTF_8);
    private static final int USUAL_LENGTH = 1024;
    private static final String ISSUE = "issue_";
    private static final String RELEASE = "release_";
    private static final String ALERT_FIRED = "alert_fired";
    private static final String ROWS_CHANGED = "rows_changed";
    private static final String SESSIONS_COUNTED = "sessions_counted";

    private ProcessedRecordJson() {}

    public static String write(ProcessedRecord record) {
        var text = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, record);
        }
        return text.toString();
    }

    /** What {@link #write} writes, in UTF-8. */
    public static byte[] toBytes(ProcessedRecord record) {
        var bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, record);
        }
        return bytes.toByteArray();
    }

    /** Without a tree in between, as every stored item is told. */
    private static void write(JsonGenerator json, ProcessedRecord record) {
        json.writeStartObject();
        json.writeNumberProperty("version", 1);
        json.writeStringProperty("type", type(record));
        json.writeStringProperty("id", record.origin().id().toString());
        json.writeStringProperty("cause", record.origin().cause().wireName());
        json.writeNumberProperty("project_id", record.origin().projectId().value());
        json.writeStringProperty("at", record.origin().at().toString());
        switch (record) {
            case ItemStored item -> put(json, item);
            case IssueActivity issue -> put(json, issue);
            case ReleaseActivity release -> put(json, release);
            case AlertFired alert -> put(json, alert);
            case RowsChanged rows -> put(json, rows);
            case SessionsCounted sessions -> put(json, sessions);
        }
        json.writeEndObject();
    }

    /**
     * Whether a value that {@link #write} wrote is one of a stored item, by its first bytes: so who passes over items reads none of them.
     * False may mean that another program wrote it, in another order.
     */
    public static boolean beginsAsItemStored(byte[] value) {
        return value.length >= ITEM_BEGIN.length
                && Arrays.equals(value, 0, ITEM_BEGIN.length, ITEM_BEGIN, 0, ITEM_BEGIN.length);
    }

    /**
     * Reads a value back; empty for a type that this version does not know, which is passed over.
     *
     * @throws IllegalArgumentException if the value is not one that {@link #write} could have written; the message says why
     */
    public static Optional<ProcessedRecord> read(byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            if (node.required("version").asInt() != 1) {
                throw new IllegalArgumentException(
                        "processed record: version %s (expected: 1)".formatted(node.get("version")));
            }
            String type = node.required("type").asString();
            if (type.equals(ITEM_STORED)) {
                return Optional.of(item(node));
            }
            for (IssueActivity.Kind kind : IssueActivity.Kind.values()) {
                if (type.equals(type(kind))) {
                    return Optional.of(issue(node, kind));
                }
            }
            for (ReleaseActivity.Step step : ReleaseActivity.Step.values()) {
                if (type.equals(type(step))) {
                    return Optional.of(release(node, step));
                }
            }
            if (type.equals(ALERT_FIRED)) {
                return Optional.of(alert(node));
            }
            if (type.equals(ROWS_CHANGED)) {
                return Optional.of(rows(node));
            }
            if (type.equals(SESSIONS_COUNTED)) {
                return Optional.of(sessions(node));
            }
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("processed record: " + e.getOriginalMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("processed record: " + e.getMessage(), e);
        }
    }

    private static String type(ProcessedRecord record) {
        return switch (record) {
            case ItemStored _ -> ITEM_STORED;
            case IssueActivity issue -> type(issue.kind());
            case ReleaseActivity release -> type(release.step());
            case AlertFired _ -> ALERT_FIRED;
            case RowsChanged _ -> ROWS_CHANGED;
            case SessionsCounted _ -> SESSIONS_COUNTED;
        };
    }

    private static String type(ReleaseActivity.Step step) {
        return RELEASE + step.name().toLowerCase(Locale.ROOT);
    }

    private static String type(IssueActivity.Kind kind) {
        return ISSUE + kind.name().toLowerCase(Locale.ROOT);
    }

    private static void put(JsonGenerator json, ItemStored item) {
        json.writeStringProperty("envelope_id", item.envelopeId().toString());
        json.writeNumberProperty("position", item.position());
        json.writeStringProperty("item_type", item.itemType());
        json.writeStringProperty("category", item.category().wireName());
        json.writeStringProperty("received_at", item.receivedAt().toString());
        json.writeNumberProperty("size", item.size());
        putText(json, "event_id", item.eventId());
        if (item.event() != null) {
            json.writeObjectPropertyStart("event");
            put(json, item.event());
            json.writeEndObject();
        }
    }

    private static void put(JsonGenerator json, EventSummary event) {
        json.writeNumberProperty("issue_id", event.issueId());
        json.writeStringProperty("occurred_at", event.occurredAt().toString());
        json.writeStringProperty("level", event.level());
        putText(json, "platform", event.platform());
        json.writeStringProperty("title", event.title());
        putText(json, "culprit", event.culprit());
        putText(json, "release", event.release());
        putText(json, "environment", event.environment());
        json.writeObjectPropertyStart("tags");
        event.tags().forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void put(JsonGenerator json, IssueActivity issue) {
        json.writeNumberProperty("issue_id", issue.issueId());
        json.writeStringProperty("title", issue.title());
        putText(json, "culprit", issue.culprit());
        json.writeStringProperty("level", issue.level());
        putText(json, "platform", issue.platform());
        json.writeStringProperty("status", issue.status());
        putText(json, "event_id", issue.eventId());
        putText(json, "changed_by", issue.changedBy());
        if (issue.entryId() != null) {
            json.writeNumberProperty("entry_id", issue.entryId());
        }
    }

    private static void put(JsonGenerator json, ReleaseActivity release) {
        json.writeStringProperty("release", release.version());
        putNumber(json, "deployment_id", release.deploymentId());
        putText(json, "environment", release.environment());
        putText(json, "url", release.url());
        putText(json, "changed_by", release.changedBy());
    }

    private static void put(JsonGenerator json, AlertFired alert) {
        json.writeNumberProperty("firing_id", alert.firingId());
        json.writeNumberProperty("rule_id", alert.ruleId());
        json.writeStringProperty("rule_name", alert.ruleName());
        json.writeNumberProperty("issue_id", alert.issueId());
        json.writeStringProperty("title", alert.title());
        putText(json, "event_id", alert.eventId());
        json.writeStringProperty("reason", alert.reason());
    }

    private static void put(JsonGenerator json, RowsChanged rows) {
        json.writeArrayPropertyStart("received_at");
        rows.receivedAt().forEach(at -> json.writeString(at.toString()));
        json.writeEndArray();
    }

    private static void put(JsonGenerator json, SessionsCounted sessions) {
        json.writeArrayPropertyStart("minutes");
        for (SessionMinute minute : sessions.minutes()) {
            json.writeStartObject();
            json.writeStringProperty("release", minute.release());
            json.writeStringProperty("environment", minute.environment());
            json.writeStringProperty("minute", minute.minute().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void putText(JsonGenerator json, String field, @Nullable Object text) {
        if (text == null) {
            json.writeNullProperty(field);
        } else {
            json.writeStringProperty(field, text.toString());
        }
    }

    private static void putNumber(JsonGenerator json, String field, @Nullable Long number) {
        if (number == null) {
            json.writeNullProperty(field);
        } else {
            json.writeNumberProperty(field, number);
        }
    }

    private static ItemStored item(JsonNode node) {
        JsonNode event = node.path("event");
        return new ItemStored(
                origin(node),
                EnvelopeId.parse(node.required("envelope_id").asString()).orElseThrow(() -> fault("envelope_id", node)),
                node.required("position").asInt(),
                node.required("item_type").asString(),
                DataCategory.parse(node.required("category").asString()).orElse(DataCategory.UNKNOWN),
                Instant.parse(node.required("received_at").asString()),
                node.required("size").asInt(),
                eventId(node),
                event.isObject() ? event(event) : null);
    }

    private static EventSummary event(JsonNode node) {
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString()));
        return new EventSummary(
                node.required("issue_id").asLong(),
                Instant.parse(node.required("occurred_at").asString()),
                node.required("level").asString(),
                optional(node, "platform"),
                node.required("title").asString(),
                optional(node, "culprit"),
                optional(node, "release"),
                optional(node, "environment"),
                tags);
    }

    private static IssueActivity issue(JsonNode node, IssueActivity.Kind kind) {
        return new IssueActivity(
                origin(node),
                kind,
                node.required("issue_id").asLong(),
                node.required("title").asString(),
                optional(node, "culprit"),
                node.required("level").asString(),
                optional(node, "platform"),
                node.required("status").asString(),
                eventId(node),
                optional(node, "changed_by"),
                number(node, "entry_id"));
    }

    private static ReleaseActivity release(JsonNode node, ReleaseActivity.Step step) {
        return new ReleaseActivity(
                origin(node),
                step,
                node.required("release").asString(),
                number(node, "deployment_id"),
                optional(node, "environment"),
                optional(node, "url"),
                optional(node, "changed_by"));
    }

    private static AlertFired alert(JsonNode node) {
        return new AlertFired(
                origin(node),
                node.required("firing_id").asLong(),
                node.required("rule_id").asLong(),
                node.required("rule_name").asString(),
                node.required("issue_id").asLong(),
                node.required("title").asString(),
                eventId(node),
                node.required("reason").asString());
    }

    private static RowsChanged rows(JsonNode node) {
        List<Instant> receivedAt = new ArrayList<>();
        node.required("received_at").forEach(at -> receivedAt.add(Instant.parse(at.asString())));
        return new RowsChanged(origin(node), receivedAt);
    }

    private static SessionsCounted sessions(JsonNode node) {
        List<SessionMinute> minutes = new ArrayList<>();
        node.required("minutes")
                .forEach(minute -> minutes.add(new SessionMinute(
                        minute.required("release").asString(),
                        minute.required("environment").asString(),
                        Instant.parse(minute.required("minute").asString()))));
        return new SessionsCounted(origin(node), minutes);
    }

    private static Origin origin(JsonNode node) {
        String cause = node.required("cause").asString();
        for (Cause known : Cause.values()) {
            if (known.wireName().equals(cause)) {
                return new Origin(
                        UUID.fromString(node.required("id").asString()),
                        known,
                        new ProjectId(node.required("project_id").asLong()),
                        Instant.parse(node.required("at").asString()));
            }
        }
        throw fault("cause", node);
    }

    private static @Nullable EventId eventId(JsonNode node) {
        String id = optional(node, "event_id");
        return id == null ? null : EventId.parse(id).orElseThrow(() -> fault("event_id", node));
    }

    private static @Nullable String optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() ? value.asLong() : null;
    }

    private static IllegalArgumentException fault(String field, JsonNode node) {
        return new IllegalArgumentException("processed record, %s: %s".formatted(field, node.get(field)));
    }
}
