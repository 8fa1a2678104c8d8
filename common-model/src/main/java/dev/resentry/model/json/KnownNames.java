package dev.resentry.model.json;

import java.util.List;

/**
 * Property names that most documents of SDKs have. A table that holds them already need not grow for each document, and a name
 * that is the same text in every document need not be compared by its letters. What is not here is read all the same.
 */
final class KnownNames {
    /** Not many more: a table with twice as many places is copied for each document that has a name of its own. */
    private static final String NAMES = """
            event_id sent_at dsn sdk trace type length content_type filename item_count attachment_type \
            timestamp start_timestamp platform level logger transaction transaction_info source server_name release dist environment \
            exception values value module mechanism handled synthetic stacktrace frames \
            abs_path function lineno colno in_app context_line pre_context post_context vars raw_function package \
            instruction_addr addr_mode image_addr symbol_addr thread_id threads id name crashed current main \
            logentry message formatted params breadcrumbs category data url method status_code reason \
            request headers cookies query_string env fragment user email username ip_address geo \
            tags extra contexts runtime version os browser device app culture kernel_version build arch \
            trace_id span_id parent_span_id op status origin sampled public_key sample_rate sample_rand \
            integrations packages modules fingerprint errors debug_meta images code_file debug_id \
            spans description measurements exclusive_time unit attributes body items sid did init seq started duration attrs \
            check_in_id monitor_slug
            """;

    private KnownNames() {}

    static List<String> all() {
        return List.of(NAMES.strip().split(" "));
    }
}
