package dev.resentry.storage.session;

import dev.resentry.model.session.SessionHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Of which sessions users are counted. The words are stored. */
enum UserKind {
    ALL,
    /** With errors or a bad end. */
    ERRORED,
    ABNORMAL,
    CRASHED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * That of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static UserKind of(String wireName) {
        for (UserKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind of users: '%s' is unknown".formatted(wireName));
    }

    /** Of what a session makes its user a user. */
    static List<UserKind> of(NewSession session) {
        List<UserKind> kinds = new ArrayList<>(List.of(ALL));
        switch (session) {
            case NewSession.Update update -> {
                SessionHealth health = update.health();
                add(kinds, health != SessionHealth.HEALTHY, ERRORED);
                add(kinds, health == SessionHealth.ABNORMAL, ABNORMAL);
                add(kinds, health == SessionHealth.CRASHED, CRASHED);
            }
            case NewSession.Bucket bucket -> {
                add(kinds, bucket.counts().errored() > 0, ERRORED);
                add(kinds, bucket.counts().abnormal() > 0, ABNORMAL);
                add(kinds, bucket.counts().crashed() > 0, CRASHED);
            }
        }
        return kinds;
    }

    private static void add(List<UserKind> kinds, boolean is, UserKind kind) {
        if (is) {
            kinds.add(kind);
        }
    }
}
