package dev.resentry.processing.group;

import dev.resentry.processing.group.rule.FingerprintRule;
import java.util.List;

/** Fingerprints of errors that arrive from everywhere and have one cause. They are part of the strategy: a change needs a new id. */
final class BuiltInRules {
    private static final String TEXT = """
            # A page that was loaded before a deployment asks for a part that is gone.
            family:javascript type:ChunkLoadError -> chunk-load-error
            family:javascript value:"*Loading chunk * failed*" -> chunk-load-error
            family:javascript value:"*Loading CSS chunk * failed*" -> chunk-load-error
            family:javascript value:"*dynamically imported module*" -> chunk-load-error
            family:javascript value:"*Importing a module script failed*" -> chunk-load-error
            # React found another page than the server had rendered; which statement noticed it is chance.
            family:javascript value:"*Hydration failed because*" -> hydration-error, {{ transaction }}
            family:javascript value:"*Text content does not match server-rendered HTML*" -> hydration-error, {{ transaction }}
            family:javascript value:"*There was an error while hydrating*" -> hydration-error, {{ transaction }}
            family:javascript value:"*Minified React error #418*" -> hydration-error, {{ transaction }}
            family:javascript value:"*Minified React error #423*" -> hydration-error, {{ transaction }}
            family:javascript value:"*Minified React error #425*" -> hydration-error, {{ transaction }}
            """;

    static final List<FingerprintRule> FINGERPRINTS = read();

    private BuiltInRules() {}

    private static List<FingerprintRule> read() {
        return switch (GroupingRules.parse(TEXT, "")) {
            case GroupingRules.Parse.Parsed(GroupingRules rules) -> rules.fingerprints();
            case GroupingRules.Parse.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }
}
