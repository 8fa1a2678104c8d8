package dev.resentry.processing.scrub.place;

import dev.resentry.processing.scrub.text.SecretKind;
import java.util.EnumSet;
import java.util.Set;

/** What the texts at a place are, and so what is taken out of them unless a project wants more. */
public enum Content {
    /** Ids and times that storage relies on: nothing is ever changed. */
    FIXED(Set.of()),
    /** Names of code and of releases: left alone but for rules of a project's own. */
    NAME(Set.of()),
    /** Whatever somebody wrote. */
    FREE(SecretKind.DEFAULT),
    /** Who the user is: may be a mail address, or a number that looks like anything. */
    IDENTITY(EnumSet.of(SecretKind.PEM_KEY, SecretKind.URL_CREDENTIALS, SecretKind.TOKEN, SecretKind.ACCESS_KEY)),
    /** Lines of source: what is assigned there are names of variables. */
    SOURCE(EnumSet.of(SecretKind.PEM_KEY, SecretKind.URL_CREDENTIALS, SecretKind.TOKEN, SecretKind.ACCESS_KEY)),
    /** A name of a transaction, whose paths are those of a site. */
    ROUTE(without(SecretKind.USER_PATH)),
    /** Cookies, by their names. */
    COOKIES(SecretKind.DEFAULT),
    /** An address of the network, as the project's policy has it. */
    ADDRESS(Set.of());

    private final int kinds;

    Content(Set<SecretKind> kinds) {
        this.kinds = SecretKind.bits(kinds);
    }

    private static Set<SecretKind> without(SecretKind kind) {
        Set<SecretKind> kinds = EnumSet.copyOf(SecretKind.DEFAULT);
        kinds.remove(kind);
        return kinds;
    }

    /** Kinds of secrets, as bits. */
    public int kinds() {
        return kinds;
    }

    public boolean isFixed() {
        return this == FIXED;
    }
}
