package dev.resentry.model.repository;

import java.util.Locale;

/**
 * A repository as its provider shows it on the web.
 *
 * @param url its address, without a final slash
 * @param branch what a link leads to if no commit is known
 */
public record Repository(RepositoryProvider provider, String url, String branch) {
    /** Servers and browsers take addresses of that length. */
    static final int MAX_TICKET_LINK = 6_000;

    private static final int MAX_TITLE = 1_000;

    /** What {@link #isAddress} takes, for people. */
    public static final String ADDRESS_RULE =
            WebAddress.RULE + ", and leads to a repository: https://github.com/acme/shop";

    public Repository {
        if (!isAddress(url)) {
            throw new IllegalArgumentException("url: '%s' (%s)".formatted(url, ADDRESS_RULE));
        }
        if (!Revision.isName(branch)) {
            throw new IllegalArgumentException("branch: '%s' (%s)".formatted(branch, Revision.NAME_RULE));
        }
        url = withoutEnd(url.strip());
    }

    /** Whether addresses of files can be made of it: it has a path, and nothing behind that. */
    public static boolean isAddress(String url) {
        return WebAddress.parse(url)
                .map(WebAddress::uri)
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .filter(uri -> uri.normalize().equals(uri)
                        && !withoutEnd(uri.getRawPath()).isEmpty())
                .isPresent();
    }

    private static String withoutEnd(String url) {
        String end = url;
        while (end.endsWith("/")) {
            end = end.substring(0, end.length() - 1);
        }
        return end.endsWith(".git") ? end.substring(0, end.length() - ".git".length()) : end;
    }

    /**
     * The address of a line of a file.
     *
     * @param path from the root of the repository on
     */
    public String sourceLink(Revision revision, String path, int line) {
        return url + provider.source(revision, path, line);
    }

    public String commitLink(String id) {
        return url + provider.commit(id);
    }

    /** The address of a form for a new ticket that is filled in already; what is too long of the body is left out. */
    public String newTicketLink(String title, String body) {
        String form = url + provider.newTicket(PercentEncoding.encode(title, MAX_TITLE));
        return form + PercentEncoding.encode(body, MAX_TICKET_LINK - form.length());
    }

    /** Whether it is the one that a commit or ref says it is of: by its address, or by the end of it, such as {@code acme/shop}. */
    public boolean isNamed(String name) {
        String wanted = withoutEnd(plain(name));
        String own = plain(url);
        return !wanted.isEmpty() && (own.equals(wanted) || own.endsWith("/" + wanted));
    }

    /** Without a scheme and a user, as Git's own addresses ({@code git@host:acme/shop.git}) are too. */
    private static String plain(String address) {
        return address.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^[a-z+]+://", "")
                .replaceFirst("^[^/@]*@", "")
                .replaceFirst("^([^/:]+):(?=[^/0-9])", "$1/");
    }
}
