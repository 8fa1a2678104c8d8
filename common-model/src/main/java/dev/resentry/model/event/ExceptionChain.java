package dev.resentry.model.event;

import java.util.List;
import java.util.Optional;

/**
 * The exceptions of an event.
 *
 * @param values the innermost cause first, the one that was thrown last (ingest protocol, section 8.7)
 */
public record ExceptionChain(List<ExceptionValue> values) {
    public ExceptionChain {
        values = List.copyOf(values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The exception that was thrown last, which wraps its causes. */
    public Optional<ExceptionValue> thrown() {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** The exception that tells what happened: the one that was thrown last; of a group that has only one, that one. */
    public Optional<ExceptionValue> main() {
        return ExceptionGroup.of(values).flatMap(ExceptionGroup::only).or(this::thrown);
    }

    /** Whether the program caught all of them: false if one was not, empty if the SDK says nothing of any. */
    public Optional<Boolean> handled() {
        return values.stream()
                .flatMap(exception -> exception.handled().stream())
                .reduce(Boolean::logicalAnd);
    }
}
