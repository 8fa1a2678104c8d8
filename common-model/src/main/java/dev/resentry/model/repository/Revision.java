package dev.resentry.model.repository;

import java.util.Optional;
import java.util.regex.Pattern;

/** A state of a repository that an address can name. */
public sealed interface Revision {
    /** What {@link #isName} takes, for people. */
    String NAME_RULE = "expected: a name that Git takes, of at most 250 characters";

    String name();

    /** A commit, by its hash or a part of it. */
    record Commit(String name) implements Revision {}

    record Tag(String name) implements Revision {}

    record Branch(String name) implements Revision {}

    /**
     * What a release was built from, in the words of who released it: a commit if it looks like a hash, else a tag. Empty for what Git
     * has no such name for.
     */
    static Optional<Revision> of(String name) {
        if (!isName(name)) {
            return Optional.empty();
        }
        return Optional.of(Names.HASH.matcher(name).matches() ? new Commit(name) : new Tag(name));
    }

    /** Whether Git may have a branch, tag or commit of that name, so that it leads nowhere else in an address. */
    static boolean isName(String name) {
        return Names.NAME.matcher(name).matches() && !Names.NEVER.matcher(name).find();
    }

    /** What names look like. */
    final class Names {
        private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{7,64}");
        private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\s~^:?*\\[\\\\]{1,250}");
        private static final Pattern NEVER = Pattern.compile("\\.\\.|//|@\\{|^[/.-]|[/.]$|/\\.");

        private Names() {}
    }
}
