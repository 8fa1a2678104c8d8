package dev.resentry.model.envelope;

import java.io.ByteArrayOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes envelopes. What it writes, {@link EnvelopeReader} reads to an equal header and equal payloads. */
public final class EnvelopeWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private EnvelopeWriter() {}

    /** The bytes of an envelope. Every item states its length, as payloads may hold newlines. */
    public static byte[] write(Envelope envelope) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(JSON.writeValueAsBytes(envelope.header().json()));
        out.write('\n');
        for (EnvelopeItem item : envelope.items()) {
            ObjectNode header = item.header().json().deepCopy();
            header.put("length", item.payload().length());
            out.writeBytes(JSON.writeValueAsBytes(header));
            out.write('\n');
            out.write(
                    item.payload().source(),
                    item.payload().offset(),
                    item.payload().length());
            out.write('\n');
        }
        return out.toByteArray();
    }
}
