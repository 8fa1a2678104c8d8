package dev.resentry.gateway.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What becomes of a request before its body is read. */
public sealed interface Opening {

    /** Its path is no ingest route. */
    record NotIngest() implements Opening {}

    /** It is answered at once; its body is of no interest. */
    record Answered(String route, Answer answer) implements Opening {}

    /**
     * Its body is wanted.
     *
     * @param route the route's name, for counting
     * @param maxBytes the largest body, as it is sent
     * @param shape gives a refusal the look that the route's refusals have
     */
    record Receiving(String route, long maxBytes, UnaryOperator<Answer> shape, Reception reception)
            implements Opening {}

    /** Takes a body when it is there. */
    interface Reception {

        /**
         * The future never completes exceptionally, and on a thread that must not be held up.
         *
         * @param body the bytes as they came, handed over
         */
        CompletableFuture<Answer> take(byte[] body);

        /**
         * Looks at a body that has begun to come and is not small.
         *
         * @param beginning gives what has come of it
         * @return what it is refused with already; null if the rest is wanted
         */
        default @Nullable Answer look(Supplier<byte[]> beginning) {
            return null;
        }

        /** The body never came whole: it was refused before, with this answer. */
        void refused(Answer answer);
    }
}
