package dev.resentry.query.performance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.performance.Endpoint;
import dev.resentry.storage.performance.EndpointKey;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The cursors of lists of endpoints: each belongs to one way of sorting. */
final class EndpointCursor {
    private static final int PARTS = 6;

    /** Is in no name that is stored. */
    private static final String BETWEEN = "\0";

    private EndpointCursor() {}

    static String write(Endpoint.Sort sort, Endpoint last) {
        EndpointKey key = last.key();
        String text = String.join(
                BETWEEN,
                sort.wireName(),
                Long.toHexString(Double.doubleToRawLongBits(sort.value(last))),
                Long.toString(key.projectId()),
                key.name(),
                key.op(),
                key.httpMethod());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    static Endpoint.@Nullable Place read(Endpoint.Sort sort, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(BETWEEN, -1);
            if (parts.length == PARTS && parts[0].equals(sort.wireName())) {
                return new Endpoint.Place(
                        Double.longBitsToDouble(Long.parseUnsignedLong(parts[1], 16)),
                        new EndpointKey(Long.parseLong(parts[2]), parts[3], parts[4], parts[5]));
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw ApiException.invalid("cursor", "not a cursor that this API gave for a list by " + sort.wireName());
    }
}
