package dev.resentry.model.envelope;

import dev.resentry.model.envelope.ItemType.Known;
import dev.resentry.model.envelope.ItemType.Unknown;

/**
 * One part of an envelope: a header and a payload. The cases tell apart what is handled in different ways; which exact
 * type an item has, its header says.
 */
public sealed interface EnvelopeItem {
    ItemHeader header();

    Payload payload();

    /** An error or a message: JSON that becomes an event and belongs to an issue. */
    record EventItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** A transaction: JSON in the shape of an event, with spans. */
    record TransactionItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** A browser's report on a broken security rule, as JSON. */
    record SecurityItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** Bytes of any kind beside an event; crash reports and form data too. */
    record AttachmentItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** What a user says about an event or the program, in the new form or the old one. */
    record FeedbackItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** An update of one session, or counts of many. */
    record SessionItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** A sign of life of a job. */
    record CheckInItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** What the SDK itself dropped. */
    record ClientReportItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** Many entries in one item: logs, spans or trace metrics. */
    record ContainerItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** A profile or a part of one. */
    record ProfileItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** A part of a session replay. */
    record ReplayItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** Of a type that is outdated here or not known yet: kept, and nothing is made of it. */
    record OtherItem(ItemHeader header, Payload payload) implements EnvelopeItem {}

    /** The item of a header and its payload. */
    static EnvelopeItem of(ItemHeader header, Payload payload) {
        return switch (header.type()) {
            case Unknown _ -> new OtherItem(header, payload);
            case Known known ->
                switch (known) {
                    case EVENT -> new EventItem(header, payload);
                    case TRANSACTION -> new TransactionItem(header, payload);
                    case SECURITY, RAW_SECURITY -> new SecurityItem(header, payload);
                    case ATTACHMENT, FORM_DATA, UNREAL_REPORT -> new AttachmentItem(header, payload);
                    case USER_REPORT, FEEDBACK -> new FeedbackItem(header, payload);
                    case SESSION, SESSIONS -> new SessionItem(header, payload);
                    case CHECK_IN -> new CheckInItem(header, payload);
                    case CLIENT_REPORT -> new ClientReportItem(header, payload);
                    case LOG, SPAN, TRACE_METRIC -> new ContainerItem(header, payload);
                    case PROFILE, PROFILE_CHUNK -> new ProfileItem(header, payload);
                    case REPLAY_EVENT, REPLAY_RECORDING, REPLAY_VIDEO -> new ReplayItem(header, payload);
                    case STATSD, METRIC_BUCKETS, NEL -> new OtherItem(header, payload);
                };
        };
    }
}
