package dev.resentry.query.issue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.issue.IssuePosition;
import dev.resentry.storage.issue.IssueSort;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cursors of lists of issues: each belongs to one way of sorting. */
public final class IssueCursor {
    private static final Pattern FORM = Pattern.compile("([a-z_]+)\\.(\\d{1,18})\\.(\\d{1,18})");

    private IssueCursor() {}

    public static String write(IssueSort sort, IssuePosition position) {
        String text = "%s.%d.%d".formatted(sort.wireName(), position.value(), position.id());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** The position that a cursor is; in front of all if there is none. */
    public static IssuePosition read(IssueSort sort, @Nullable String cursor) {
        if (cursor == null) {
            return IssuePosition.FIRST;
        }
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException _) {
            text = "";
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw ApiException.invalid("cursor", "not a cursor that this API gave");
        }
        if (!form.group(1).equals(sort.wireName())) {
            throw ApiException.invalid(
                    "cursor", "of a list by %s (expected: of one by %s)".formatted(form.group(1), sort.wireName()));
        }
        return new IssuePosition(Long.parseLong(form.group(2)), Long.parseLong(form.group(3)));
    }
}
