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
 * @param errors events of any level
 * @param hiddenProjects how many projects that the caller does not see have a part of it
 * @param truncated whether there is more than 500 transactions, 5,000 spans and 500 errors
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Trace")
record TraceResponse(
        String id,
        List<TransactionSummaryResponse> transactions,
        List<SpanResponse> spans,
        List<TraceErrorResponse> errors,
        int hiddenProjects,
        boolean truncated) {}
