package dev.resentry.model.repository;

import static dev.resentry.model.repository.PercentEncoding.encode;
import static dev.resentry.model.repository.PercentEncoding.encodePath;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The programs that show repositories on the web, each with its addresses below that of a repository. They are the same on a host of
 * one's own; Bitbucket's are those of its cloud.
 */
public enum RepositoryProvider {
    GITHUB("/commit/", "/issues/new", "title", "body") {
        @Override
        String source(Revision revision, String path, int line) {
            return "/blob/%s/%s#L%d".formatted(encodePath(revision.name()), encodePath(path), line);
        }
    },
    GITLAB("/-/commit/", "/-/issues/new", "issue[title]", "issue[description]") {
        @Override
        String source(Revision revision, String path, int line) {
            return "/-/blob/%s/%s#L%d".formatted(encodePath(revision.name()), encodePath(path), line);
        }
    },
    /** Forgejo has the same. */
    GITEA("/commit/", "/issues/new", "title", "body") {
        @Override
        String source(Revision revision, String path, int line) {
            String kind = switch (revision) {
                case Revision.Commit _ -> "commit";
                case Revision.Tag _ -> "tag";
                case Revision.Branch _ -> "branch";
            };
            return "/src/%s/%s/%s#L%d".formatted(kind, encodePath(revision.name()), encodePath(path), line);
        }
    },
    BITBUCKET("/commits/", "/issues/new", "title", "content") {
        @Override
        String source(Revision revision, String path, int line) {
            // A branch with a slash in its name is one segment here.
            return "/src/%s/%s#lines-%d".formatted(encode(revision.name()), encodePath(path), line);
        }
    };

    private final String commits;
    private final String newTicket;
    private final String titleField;
    private final String bodyField;

    RepositoryProvider(String commits, String newTicket, String titleField, String bodyField) {
        this.commits = commits;
        this.newTicket = newTicket;
        this.titleField = titleField;
        this.bodyField = bodyField;
    }

    /** The word in the database and in APIs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The provider of a word. */
    public static Optional<RepositoryProvider> of(String wireName) {
        return Arrays.stream(values())
                .filter(provider -> provider.wireName().equals(wireName))
                .findFirst();
    }

    /** What stands behind the address of a repository in that of a line. */
    abstract String source(Revision revision, String path, int line);

    String commit(String id) {
        return commits + encode(id);
    }

    /** The form for a new ticket, up to where its text begins. */
    String newTicket(String title) {
        return "%s?%s=%s&%s=".formatted(newTicket, encode(titleField), title, encode(bodyField));
    }
}
