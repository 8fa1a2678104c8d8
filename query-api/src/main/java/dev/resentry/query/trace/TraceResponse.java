package dev.resentry.query.trace;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What is known of a trace, in the order in which it began.
 *
 * @param id 32 hex digits
 * @param transactions each of which is a span too
 * @param spans those of the transactions and those that came without one
 * @param truncated whether there is more than 100 transactions and 1,000 spans
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Trace")
record TraceResponse(
        String id, List<TransactionSummaryResponse> transactions, List<SpanResponse> spans, boolean truncated) {}
