package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.EnvelopeLimits;
import dev.resentry.model.envelope.EnvelopeReader;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Converts bodies for tests. */
final class Converted {
    static final String FORM = "multipart/form-data; boundary=xYz";
    static final int MAX_DECODED = 10_000_000;

    private static final Instant AT = Instant.parse("2026-11-21T04:00:00Z");
    private static final EnvelopeConversion CONVERSION =
            new EnvelopeConversion(new EnvelopeReader(EnvelopeLimits.DEFAULT), new BoundedDecoder(MAX_DECODED));

    private Converted() {}

    static Conversion of(Endpoint endpoint, String contentType, byte[] body) {
        return CONVERSION.convert(new ConversionContext(endpoint, AT, contentType, null, "status=ok", "nightly"), body);
    }

    static List<EnvelopeItem> items(Endpoint endpoint, String contentType, byte[] body) {
        Conversion conversion = of(endpoint, contentType, body);
        assertThat(conversion).isInstanceOf(Conversion.Converted.class);
        return ((Conversion.Converted) conversion).envelope().items();
    }

    static List<EnvelopeItem> items(Endpoint endpoint, String contentType, String body) {
        return items(endpoint, contentType, body.getBytes(ISO_8859_1));
    }

    static DropReason refusal(Endpoint endpoint, String contentType, byte[] body) {
        Conversion conversion = of(endpoint, contentType, body);
        assertThat(conversion).isInstanceOf(Conversion.Rejected.class);
        return ((Conversion.Rejected) conversion).reason();
    }

    static JsonNode json(EnvelopeItem item) {
        return UntrustedJson.WITH_NON_NUMBERS.tree(
                item.payload().source(), item.payload().offset(), item.payload().length());
    }

    static String text(EnvelopeItem item) {
        return new String(item.payload().toByteArray(), ISO_8859_1);
    }

    static String part(String disposition, String content) {
        return "--xYz\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n".formatted(disposition, content);
    }

    static String form(String... parts) {
        return String.join("", parts) + "--xYz--\r\n";
    }
}
