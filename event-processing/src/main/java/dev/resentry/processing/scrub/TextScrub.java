package dev.resentry.processing.scrub;

import dev.resentry.processing.address.IpAddress;
import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.place.Budget;
import dev.resentry.processing.scrub.place.Changes;
import dev.resentry.processing.scrub.place.Content;
import dev.resentry.processing.scrub.place.Trail;
import dev.resentry.processing.scrub.text.Rewrite;
import dev.resentry.processing.scrub.text.SecretKind;
import dev.resentry.processing.scrub.text.TextScan;
import java.util.Locale;

/** Takes secrets out of texts, and leaves words in their place that say what was there. */
final class TextScrub {
    private final SensitiveKeys keys;
    private final IpPolicy addresses;
    private final Trail trail;
    private final Changes changes;
    private final Budget budget;

    TextScrub(SensitiveKeys keys, IpPolicy addresses, Trail trail, Changes changes, Budget budget) {
        this.keys = keys;
        this.addresses = addresses;
        this.trail = trail;
        this.changes = changes;
        this.budget = budget;
    }

    /** The text without what its content must not have; the same one if it has nothing. */
    String scrub(String text, Content content, String name) {
        int kinds = kinds(content, name);
        int possible = kinds == 0 ? 0 : TextScan.possible(text, kinds);
        if (possible == 0) {
            return text;
        }
        if (!budget.takes(text.length())) {
            changes.gaveUp(trail, budget.exceeded());
            return SecretKind.PASSWORD.marker();
        }
        var rewrite = new Rewrite(text);
        boolean settled = rewrite.run((now, parts) -> TextScan.runOnlyFor(
                now.equals(text) ? possible : TextScan.possible(now, kinds),
                now,
                content == Content.COOKIES,
                keys,
                (kind, start, end, quote) -> parts.replace(
                        start,
                        end,
                        quote + replacement(kind, parts.at(start, end)) + quote,
                        kind.rule(),
                        Remark.Kind.SUBSTITUTED)));
        if (!settled) {
            changes.gaveUp(trail, "not looked through: each look finds more");
            return SecretKind.PASSWORD.marker();
        }
        if (rewrite.isChanged()) {
            rewrite.remarks().forEach(remark -> changes.note(trail, remark, text.length()));
        }
        return rewrite.text();
    }

    private int kinds(Content content, String name) {
        int kinds = content.kinds();
        boolean anyone = content == Content.FREE || content == Content.ROUTE || content == Content.COOKIES;
        // Versions of four numbers look like addresses.
        return anyone && addresses != IpPolicy.KEEP && !isOfVersion(name) ? kinds | SecretKind.IP.bit() : kinds;
    }

    /** Most names have no such letter, and need not be copied. */
    private static boolean isOfVersion(String name) {
        return (name.indexOf('v') >= 0 || name.indexOf('V') >= 0)
                && name.toLowerCase(Locale.ROOT).contains("version");
    }

    private String replacement(SecretKind kind, String found) {
        IpAddress address = kind == SecretKind.IP && addresses == IpPolicy.TRUNCATE ? IpAddress.of(found) : null;
        return address == null ? kind.marker() : address.network();
    }
}
