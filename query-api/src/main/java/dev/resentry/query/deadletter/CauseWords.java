package dev.resentry.query.deadletter;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.FailureStage;
import dev.resentry.query.error.ApiException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words that dead letters are asked for by: a wrong one is the caller's mistake and not an empty list. */
final class CauseWords {
    private static final List<String> REASONS =
            Stream.of(DropReason.values()).map(DropReason::wireName).toList();
    private static final List<String> STAGES =
            Stream.of(FailureStage.values()).map(FailureStage::wireName).toList();
    private static final List<String> STATES = List.of("open", "retrying", "resolved", "discarded");

    private CauseWords() {}

    static @Nullable String reason(@Nullable String word) {
        return known("reason", word, REASONS);
    }

    static @Nullable String stage(@Nullable String word) {
        return known("stage", word, STAGES);
    }

    static @Nullable String state(@Nullable String word) {
        return known("state", word, STATES);
    }

    private static @Nullable String known(String field, @Nullable String word, List<String> words) {
        if (word != null && !words.contains(word)) {
            throw ApiException.invalid(field, "'%s' (expected: %s)".formatted(word, String.join(", ", words)));
        }
        return word;
    }
}
