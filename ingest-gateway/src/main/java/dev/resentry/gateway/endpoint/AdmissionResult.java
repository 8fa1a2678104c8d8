package dev.resentry.gateway.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What becomes of a request before its body is read. */
public sealed interface AdmissionResult {

    /** Its path is no ingest route. */
    record NotIngest() implements AdmissionResult {}

    /** It is answered at once; its body is of no interest. */
    record Responded(String route, IngestResponse response) implements AdmissionResult {}

    /**
     * Its body is wanted.
     *
     * @param route the route's name, for counting
     * @param maxBytes the largest body, as it is sent
     * @param errorFormat gives a refusal the look that the route's refusals have
     */
    record Receiving(String route, long maxBytes, UnaryOperator<IngestResponse> errorFormat, BodyHandler handler)
            implements AdmissionResult {}

    /** Takes a body when it is there. */
    interface BodyHandler {

        /**
         * The future never completes exceptionally, and on a thread that must not be held up.
         *
         * @param body the bytes as they came, handed over
         */
        CompletableFuture<IngestResponse> accept(byte[] body);

        /**
         * Looks at a body that has begun to come and is not small.
         *
         * @param beginning gives what has come of it
         * @return what it is refused with already; null if the rest is wanted
         */
        default @Nullable IngestResponse inspect(Supplier<byte[]> beginning) {
            return null;
        }

        /** The body never came whole: it was refused before, with this answer. */
        void rejected(IngestResponse response);
    }
}
