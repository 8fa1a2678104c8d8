package dev.resentry.processing.scrub;

import dev.resentry.processing.address.IpAddress;
import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.scrub.key.CookieNames;
import dev.resentry.processing.scrub.key.KeyVerdict;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.place.Changes;
import dev.resentry.processing.scrub.place.Content;
import dev.resentry.processing.scrub.place.EventPlaces;
import dev.resentry.processing.scrub.place.Place;
import dev.resentry.processing.scrub.place.Trail;
import dev.resentry.processing.scrub.text.Markers;
import dev.resentry.processing.scrub.text.SecretKind;
import dev.resentry.processing.scrub.text.TextScan;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Walks through one event and takes out what nobody had to ask for. */
final class DefaultScrub {
    private static final int MAX_DEPTH = 300;
    private static final StringNode FILTERED = StringNode.valueOf(SecretKind.PASSWORD.marker());
    private static final Remark BY_NAME = Remark.ofWhole(SecretKind.PASSWORD.rule(), Remark.Kind.SUBSTITUTED);
    private static final Remark ADDRESS_REMOVED = Remark.ofWhole(SecretKind.IP.rule(), Remark.Kind.REMOVED);
    private static final Remark ADDRESS_TRUNCATED = Remark.ofWhole(SecretKind.IP.rule(), Remark.Kind.SUBSTITUTED);
    /** What SDKs send where the address is to be taken from the connection. */
    private static final String AUTO = "{{auto}}";

    private final SensitiveKeys keys;
    private final IpPolicy addresses;
    private final Trail trail;
    private final Changes changes;
    private final TextScrub texts;

    DefaultScrub(SensitiveKeys keys, IpPolicy addresses, Trail trail, Changes changes, TextScrub texts) {
        this.keys = keys;
        this.addresses = addresses;
        this.trail = trail;
        this.changes = changes;
        this.texts = texts;
    }

    void object(ObjectNode object, Place place) {
        String pairKey = Pairs.key(object, place);
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = field.getKey();
            trail.enter(name);
            String key = pairKey != null && name.equals(Pairs.VALUE) ? pairKey : name;
            JsonNode now = field(key, field.getValue(), place);
            if (now == null) {
                fields.remove();
            } else {
                field.setValue(now);
            }
            trail.leave();
        }
    }

    /** What a field's value becomes; null if the field goes. */
    private @Nullable JsonNode field(String name, JsonNode value, Place place) {
        Place named = place.named(name);
        Place child = named == null ? place.others() : named;
        if (child.content().isFixed()
                || (child.content() == Content.NAME && !child.isStructure())
                || value instanceof NullNode
                || keys.isSafe(name)) {
            return value;
        }
        if (named != null) {
            boolean leaf = child.content() != Content.NAME && !child.isStructure();
            return leaf && keys.isListed(name) ? filtered(value) : value(value, child, name);
        }
        KeyVerdict verdict = keys.verdict(name);
        boolean secret = switch (verdict) {
            case SECRET -> !isWorkingDirectory(name, value);
            case COUNT -> !isCount(value);
            case COOKIES, PLAIN, SAFE -> place.content() == Content.COOKIES && CookieNames.isSensitive(name);
        };
        if (secret) {
            return filtered(value);
        }
        return value(value, verdict == KeyVerdict.COOKIES ? EventPlaces.COOKIES : child, name);
    }

    private @Nullable JsonNode value(JsonNode value, Place place, String name) {
        if (value instanceof ObjectNode || value instanceof ArrayNode) {
            return container(value, place, name);
        }
        if (place.content() == Content.ADDRESS) {
            return address(value);
        }
        if (value.isString()) {
            String text = value.asString();
            String scrubbed = texts.scrub(text, place.content(), name);
            return scrubbed.equals(text) ? value : StringNode.valueOf(scrubbed);
        }
        return value.isIntegralNumber() ? number(value, place) : value;
    }

    private JsonNode container(JsonNode value, Place place, String name) {
        if (trail.depth() > MAX_DEPTH) {
            changes.gaveUp(trail, "not looked through: nested deeper than %d".formatted(MAX_DEPTH));
            return FILTERED;
        }
        if (value instanceof ObjectNode object) {
            object(object, place);
        } else if (value instanceof ArrayNode array) {
            array(array, place, name);
        }
        return value;
    }

    private void array(ArrayNode array, Place place, String name) {
        boolean secretNext = false;
        for (int i = 0; i < array.size(); i++) {
            JsonNode entry = array.get(i);
            trail.enter(i);
            if (Pairs.isPair(entry) && entry instanceof ArrayNode pair) {
                pair(pair, place);
            } else {
                JsonNode now = secretNext && entry.isString() ? filtered(entry) : value(entry, place, name);
                // The others keep their places.
                array.set(i, now == null ? array.nullNode() : now);
            }
            secretNext = Pairs.isOption(entry, keys);
            trail.leave();
        }
    }

    private void pair(ArrayNode pair, Place place) {
        trail.enter(1);
        JsonNode now = field(Markers.without(pair.get(0).asString()), pair.get(1), place);
        pair.set(1, now == null ? pair.nullNode() : now);
        trail.leave();
    }

    private JsonNode filtered(JsonNode value) {
        if (value.isString() && value.asString().equals(FILTERED.asString())) {
            return value;
        }
        // A value with its type: other readers look for the value in it.
        if (value instanceof ObjectNode typed && typed.has("type") && typed.has(Pairs.VALUE) && typed.size() <= 3) {
            trail.enter(Pairs.VALUE);
            typed.set(Pairs.VALUE, filtered(typed.get(Pairs.VALUE)));
            trail.leave();
            return typed;
        }
        int length = value.isString() ? value.asString().length() : value.size();
        changes.note(trail, BY_NAME, length);
        return FILTERED;
    }

    private JsonNode number(JsonNode value, Place place) {
        boolean card = (place.content().kinds() & SecretKind.CARD.bit()) != 0
                && value.canConvertToLong()
                && TextScan.isCard(value.asLong());
        if (!card) {
            return value;
        }
        changes.note(trail, Remark.ofWhole(SecretKind.CARD.rule(), Remark.Kind.SUBSTITUTED), 0);
        return StringNode.valueOf(SecretKind.CARD.marker());
    }

    private @Nullable JsonNode address(JsonNode value) {
        String text = value.asString("").strip();
        if (addresses == IpPolicy.KEEP || text.equals(AUTO)) {
            return value;
        }
        IpAddress address = addresses == IpPolicy.TRUNCATE ? IpAddress.of(text) : null;
        if (address == null) {
            changes.note(trail, ADDRESS_REMOVED, 0);
            return null;
        }
        if (address.network().equals(text)) {
            return value;
        }
        changes.note(trail, ADDRESS_TRUNCATED, text.length());
        return StringNode.valueOf(address.network());
    }

    /** Numbers, also as texts, and objects, whose fields have names of their own. */
    private static boolean isCount(JsonNode value) {
        if (value.isString()) {
            String text = value.asString().strip();
            return text.length() <= 12 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }
        return value.isNumber() || value.isObject();
    }

    /** A variable of the environment that has the name of a password and is none. */
    private static boolean isWorkingDirectory(String name, JsonNode value) {
        return (name.equals("PWD") || name.equals("OLDPWD"))
                && value.asString("").startsWith("/");
    }
}
