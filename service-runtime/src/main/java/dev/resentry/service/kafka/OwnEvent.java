package dev.resentry.service.kafka;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.Envelope;
import dev.resentry.model.envelope.EnvelopeHeader;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeWriter;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event that the product itself has to report, in the form in which SDKs report errors.
 *
 * @param key a public key of the project
 * @param client what reports it, by the name that would be an SDK's
 */
public record OwnEvent(EventId id, ProjectId project, PublicKey key, String client, ObjectNode json) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** As if it had come to an endpoint now. */
    public RawEnvelope at(Endpoint endpoint, Instant now) {
        var item = EnvelopeItem.of(ItemHeader.of(ItemType.Known.EVENT), Payload.of(JSON.writeValueAsBytes(json)));
        var receipt = new Receipt(
                EnvelopeId.at(now),
                project,
                key,
                now,
                endpoint,
                id,
                null,
                null,
                client,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        return new RawEnvelope(
                receipt, EnvelopeWriter.write(new Envelope(EnvelopeHeader.of(id, null, null), List.of(item))));
    }
}
