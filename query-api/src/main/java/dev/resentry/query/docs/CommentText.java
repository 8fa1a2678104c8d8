package dev.resentry.query.docs;

import org.jspecify.annotations.Nullable;

/** Comments of the code as text of the document: one line, with the marks of Markdown in place of Javadoc's. */
final class CommentText {
    private CommentText() {}

    static @Nullable String of(@Nullable String comment) {
        return comment == null
                ? null
                : comment.strip()
                        .replaceAll("\\s+", " ")
                        .replaceAll("</?code>", "`")
                        .replaceAll("\\{@(?:link|linkplain) \\S+ ([^}]+)}", "$1")
                        .replaceAll("\\{@(?:code|link) ([^}]+)}", "`$1`");
    }
}
