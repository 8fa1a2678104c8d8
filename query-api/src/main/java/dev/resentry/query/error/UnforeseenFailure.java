package dev.resentry.query.error;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nobody foresaw: logged whole and answered without its inside, both with one reference by which they are matched. */
public final class UnforeseenFailure {
    private static final Logger LOG = LoggerFactory.getLogger(UnforeseenFailure.class);

    private UnforeseenFailure() {}

    public static ApiErrorResponse of(Throwable failure) {
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.atError()
                .setCause(failure)
                .addKeyValue("reference", reference)
                .log("A request failed, reference {}", reference);
        return ApiErrorResponse.of(
                ErrorCode.INTERNAL,
                "The request failed; the server's log says why, at reference " + reference,
                Map.of("reference", reference));
    }
}
