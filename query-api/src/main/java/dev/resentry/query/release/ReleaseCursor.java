package dev.resentry.query.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.release.ReleasePosition;
import dev.resentry.storage.release.ReleaseSort;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cursors of lists of releases: each belongs to one way of sorting. */
public final class ReleaseCursor {
    private static final Pattern FORM = Pattern.compile("([a-z_]+)\\.(-?\\d{1,18})\\.(\\d{1,18})\\.([ -~]*)");

    private ReleaseCursor() {}

    public static String write(ReleaseSort sort, ReleasePosition position) {
        String text = "%s.%d.%d.%s"
                .formatted(
                        sort.wireName(),
                        ChronoUnit.MICROS.between(Instant.EPOCH, position.at()),
                        position.id(),
                        position.sortKey());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** The position that a cursor is; in front of all if there is none. */
    public static ReleasePosition read(ReleaseSort sort, @Nullable String cursor) {
        if (cursor == null) {
            return ReleasePosition.FIRST;
        }
        Matcher form = FORM.matcher(decoded(cursor));
        if (!form.matches()) {
            throw ApiException.invalid("cursor", "not a cursor that this API gave");
        }
        if (!form.group(1).equals(sort.wireName())) {
            throw ApiException.invalid(
                    "cursor", "of a list by %s (expected: of one by %s)".formatted(form.group(1), sort.wireName()));
        }
        return new ReleasePosition(
                form.group(4),
                Instant.EPOCH.plus(Long.parseLong(form.group(2)), ChronoUnit.MICROS),
                Long.parseLong(form.group(3)));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
