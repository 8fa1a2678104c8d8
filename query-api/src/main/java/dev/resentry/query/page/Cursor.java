package dev.resentry.query.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.DatedPosition;
import dev.resentry.storage.Position;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Cursors are positions that callers hand back as they got them; what is inside is nobody's business. */
public final class Cursor {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    private Cursor() {}

    public static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.invalid("limit", "%d (expected: 1 to %d)".formatted(limit, MAX_LIMIT));
        }
        return limit;
    }

    public static String write(Instant at, Object id) {
        String text = ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    public static Position position(@Nullable String cursor) {
        return cursor == null ? Position.NEWEST : read(cursor, (at, id) -> new Position(at, UUID.fromString(id)));
    }

    /** As {@link #position}, for entries that have numbers. */
    public static DatedPosition datedPosition(@Nullable String cursor) {
        return cursor == null
                ? DatedPosition.NEWEST
                : read(cursor, (at, id) -> new DatedPosition(at, Long.parseLong(id)));
    }

    /** The id of the entry behind which a page begins, for lists by falling id. */
    public static long beforeId(@Nullable String cursor) {
        return cursor == null ? Long.MAX_VALUE : read(cursor, (_, id) -> Long.parseLong(id));
    }

    /** The number of the entry behind which a page begins, for lists by rising number. */
    public static long behindNumber(@Nullable String cursor) {
        return cursor == null ? 0 : read(cursor, (_, number) -> Long.parseLong(number));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param position makes the place of its time and id; throws {@link IllegalArgumentException} if that is none of its ids
     */
    public static <T> T read(String cursor, BiFunction<Instant, String, T> position) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            int dot = text.indexOf('.');
            Instant at = Instant.EPOCH.plus(Long.parseLong(text.substring(0, Math.max(dot, 0))), ChronoUnit.MICROS);
            return position.apply(at, text.substring(dot + 1));
        } catch (IllegalArgumentException _) {
            throw ApiException.invalid("cursor", "not a cursor that this API gave");
        }
    }
}
