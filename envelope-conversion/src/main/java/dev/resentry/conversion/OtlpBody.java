package dev.resentry.conversion;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Iterates over the spans or log records of an OTLP export request, protobuf or JSON, and passes each on as OTLP's JSON, in which
 * ids are hex and 64-bit numbers are strings. Of a protobuf request only one entry is in memory at a time, because two bytes of it
 * can become an object of a hundred bytes.
 */
final class OtlpBody {
    /** The largest entry in protobuf. */
    private static final int MAX_ENTRY_BYTES = 2 * 1024 * 1024;

    /** The fields that lead to the entries have the same numbers in traces and in logs. */
    private static final int GROUPS = ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER;

    private static final int RESOURCE = ResourceSpans.RESOURCE_FIELD_NUMBER;
    private static final int SCOPES = ResourceSpans.SCOPE_SPANS_FIELD_NUMBER;
    private static final int SCOPE = ScopeSpans.SCOPE_FIELD_NUMBER;
    private static final int ENTRIES = ScopeSpans.SPANS_FIELD_NUMBER;

    /** Receives the entries, one after the other. */
    interface Entries {
        /**
         * Called for each entry, in the order of the body.
         *
         * @param resource the resource's attributes in Sentry's form; entries share the object, so it must not be changed
         * @param scope the same for the scope
         */
        void entry(ObjectNode resource, ObjectNode scope, JsonNode entry);
    }

    private OtlpBody() {}

    static void traces(boolean json, byte[] content, Entries entries) {
        if (json) {
            json(content, "resourceSpans", "scopeSpans", "spans", entries);
        } else {
            protobuf(
                    content,
                    (bytes, start, size, message) -> message.span(Span.parseFrom(slice(bytes, start, size))),
                    entries);
        }
    }

    static void logs(boolean json, byte[] content, Entries entries) {
        if (json) {
            json(content, "resourceLogs", "scopeLogs", "logRecords", entries);
        } else {
            protobuf(
                    content,
                    (bytes, start, size, message) -> message.log(LogRecord.parseFrom(slice(bytes, start, size))),
                    entries);
        }
    }

    private static void json(byte[] content, String groups, String scopes, String names, Entries entries) {
        JsonNode request = UntrustedJson.WITH_NON_NUMBERS.tree(content, 0, content.length);
        if (!request.isObject()) {
            throw new RejectedBodyException(DropReason.INVALID_JSON, "expected a JSON object");
        }
        for (JsonNode group : request.path(groups)) {
            ObjectNode resource = OtlpAttributes.ofResource(group.path("resource"));
            for (JsonNode scope : group.path(scopes)) {
                ObjectNode origin = OtlpAttributes.ofScope(scope.path("scope"));
                for (JsonNode entry : scope.path(names)) {
                    entries.entry(resource, origin, entry);
                }
            }
        }
    }

    private interface EntryReader {
        ObjectNode read(byte[] bytes, int start, int size, OtlpMessage message) throws IOException;
    }

    private static void protobuf(byte[] content, EntryReader reader, Entries entries) {
        try {
            each(content, 0, content.length, GROUPS, (group, groupSize) -> {
                ObjectNode resource = OtlpAttributes.ofResource(last(
                        content,
                        group,
                        groupSize,
                        RESOURCE,
                        (bytes, at, size, message) -> message.resource(Resource.parseFrom(slice(bytes, at, size)))));
                each(content, group, groupSize, SCOPES, (scope, scopeSize) -> {
                    ObjectNode origin = OtlpAttributes.ofScope(last(
                            content,
                            scope,
                            scopeSize,
                            SCOPE,
                            (bytes, at, size, message) ->
                                    message.scope(InstrumentationScope.parseFrom(slice(bytes, at, size)))));
                    each(
                            content,
                            scope,
                            scopeSize,
                            ENTRIES,
                            (entry, size) -> entries.entry(resource, origin, read(content, entry, size, reader)));
                });
            });
        } catch (IOException e) {
            throw new RejectedBodyException(DropReason.INVALID_PROTOBUF, String.valueOf(e.getMessage()));
        }
    }

    private interface Part {
        void at(int start, int size) throws IOException;
    }

    /** Passes on the position of each message of one field within the message at {@code start}. */
    private static void each(byte[] content, int start, int size, int field, Part part) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(content, start, size);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == (field << 3 | 2)) {
                int length = in.readRawVarint32();
                int at = start + in.getTotalBytesRead();
                in.skipRawBytes(length);
                part.at(at, length);
            } else if (!in.skipField(tag)) {
                throw new InvalidProtocolBufferException("a group ends that never began");
            }
        }
    }

    /** If a singular field occurs several times, the last one counts, as protobuf defines it. */
    private static JsonNode last(byte[] content, int start, int size, int field, EntryReader reader)
            throws IOException {
        JsonNode[] found = {MissingNode.getInstance()};
        each(content, start, size, field, (at, length) -> found[0] = read(content, at, length, reader));
        return found[0];
    }

    private static ObjectNode read(byte[] content, int start, int size, EntryReader reader) throws IOException {
        if (size > MAX_ENTRY_BYTES) {
            throw new RejectedBodyException(
                    DropReason.TOO_LARGE, "an entry of %d bytes (limit: %d)".formatted(size, MAX_ENTRY_BYTES));
        }
        return reader.read(content, start, size, new OtlpMessage());
    }

    private static CodedInputStream slice(byte[] bytes, int start, int size) {
        return CodedInputStream.newInstance(bytes, start, size);
    }
}
