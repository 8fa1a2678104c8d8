package dev.resentry.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.auth.SealedBytes;
import dev.resentry.storage.importing.ImportTokens;
import java.util.Optional;

/** The tokens by which imports read other servers: kept sealed while an import runs, each for its job alone. */
final class SealedTokens {
    private final ImportTokens tokens;
    private final SealedBytes seal;

    SealedTokens(ImportTokens tokens, SealedBytes seal) {
        this.tokens = tokens;
        this.seal = seal;
    }

    /** Keeps the token of a job; joins the caller's transaction. */
    void put(long jobId, String token) {
        tokens.put(jobId, seal.seal((owner(jobId) + token).getBytes(UTF_8)));
    }

    /** The token of a job; empty if the job has ended, or its row is none that was sealed for it here. */
    Optional<String> find(long jobId) {
        return tokens.find(jobId)
                .flatMap(seal::open)
                .map(content -> new String(content, UTF_8))
                .filter(content -> content.startsWith(owner(jobId)))
                .map(content -> content.substring(owner(jobId).length()));
    }

    /** Forgets the token of a job that has ended; false if that was done before. Joins the caller's transaction. */
    boolean remove(long jobId) {
        return tokens.remove(jobId);
    }

    private static String owner(long jobId) {
        return jobId + ":";
    }
}
