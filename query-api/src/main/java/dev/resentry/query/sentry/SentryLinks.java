package dev.resentry.query.sentry;

import dev.resentry.query.error.ApiException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;

/** URLs of this installation as the caller knows it: tools send their token to no other origin than that. */
final class SentryLinks {
    /** Of a page. */
    static final int MOST = 100;

    private static final Pattern OFFSET = Pattern.compile("0:([0-9]{1,8}):0");

    private SentryLinks() {}

    /** Where the caller reaches this installation, without a slash at its end. */
    static String root() {
        UriComponents here =
                ServletUriComponentsBuilder.fromCurrentContextPath().build();
        String host = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest()
                .getHeader(HttpHeaders.HOST);
        // Behind a proxy that says no port, the port of the request is taken for the scheme's own; what the caller
        // wrote is right.
        return host == null ? here.toUriString() : here.getScheme() + "://" + host;
    }

    /**
     * A page of a list with its header {@code Link}.
     *
     * @param next null if there is no page behind this one
     */
    static <T> ResponseEntity<T> page(T body, @Nullable String next) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.LINK,
                        link("previous", "0:0:1", false) + ", "
                                + link("next", next == null ? "0:0:0" : next, next != null))
                .body(body);
    }

    private static String link(String rel, String cursor, boolean results) {
        UriComponents here = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("cursor", cursor)
                .build();
        return "<%s%s?%s>; rel=\"%s\"; results=\"%s\"; cursor=\"%s\""
                .formatted(root(), here.getPath(), here.getQuery(), rel, results, cursor);
    }

    /** How many entries of a list are wanted: as many as there may be at most, unless fewer are asked for. */
    static int size(@Nullable Integer wanted) {
        return wanted == null ? MOST : Math.clamp(wanted, 1, MOST);
    }

    /** A page of a list that is there as a whole. */
    static <T> ResponseEntity<List<T>> part(List<T> whole, @Nullable Integer wanted, @Nullable String cursor) {
        return part(whole, wanted, cursor, Function.identity());
    }

    /**
     * A page of a list that is there as a whole.
     *
     * @param answer what is made of an entry, of those of the page alone
     */
    static <T, R> ResponseEntity<List<R>> part(
            List<T> whole, @Nullable Integer wanted, @Nullable String cursor, Function<T, R> answer) {
        int behind = behind(cursor(cursor));
        int size = size(wanted);
        List<T> rest = whole.subList(Math.min(behind, whole.size()), whole.size());
        return page(
                rest.stream().limit(size).map(answer).toList(),
                rest.size() > size ? "0:%d:0".formatted(behind + size) : null);
    }

    private static int behind(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        Matcher offset = OFFSET.matcher(cursor);
        if (!offset.matches()) {
            throw ApiException.invalid("cursor", "not a cursor that this API gave");
        }
        return Integer.parseInt(offset.group(1));
    }

    /** The address of an issue, which leads to its page. */
    static String issue(String organization, long id) {
        return "%s/organizations/%s/issues/%d/".formatted(root(), organization, id);
    }

    /** A cursor that a client sends; tools send an empty one for the first page, and the one of {@link #page} for none. */
    static @Nullable String cursor(@Nullable String sent) {
        return sent == null || sent.isEmpty() || sent.equals("0:0:0") || sent.equals("0:0:1") ? null : sent;
    }
}
