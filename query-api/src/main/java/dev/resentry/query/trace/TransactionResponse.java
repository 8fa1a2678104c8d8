package dev.resentry.query.trace;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.span.StoredSpan;
import dev.resentry.storage.transaction.StoredTransaction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A single transaction as the API shows it. The interfaces of the SDKs ({@code contexts}, {@code request} and so on) keep the shape
 * SDKs send them in.
 *
 * @param transaction what lists show of it
 * @param measurements by their names
 * @param spans the first of its spans, in the order they were sent
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Transaction")
record TransactionResponse(
        TransactionSummaryResponse transaction,
        @Schema(type = "object") Object measurements,
        @Schema(type = "object") @Nullable Object contexts,
        @Nullable Object user,
        @Nullable Object request,
        @Schema(type = "object") @Nullable Object breadcrumbs,
        @Nullable Object extra,
        @Nullable Object sdk,
        List<SpanResponse> spans) {
    static TransactionResponse of(StoredTransaction transaction, List<StoredSpan> spans) {
        JsonNode payload = UntrustedJson.STORED.tree(transaction.payloadJson());
        return new TransactionResponse(
                TransactionSummaryResponse.of(transaction.summary()),
                UntrustedJson.STORED.tree(transaction.measurementsJson()),
                payload.get("contexts"),
                payload.get("user"),
                payload.get("request"),
                payload.get("breadcrumbs"),
                payload.get("extra"),
                payload.get("sdk"),
                spans.stream().map(SpanResponse::of).toList());
    }
}
