package dev.resentry.standalone.demo;

import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Fills what templates leave open: <code>%{3..9}</code> is a number of that range, <code>%{a|b}</code> one of the words. */
final class Blanks {
    private static final Pattern BLANK = Pattern.compile("%\\{([^{}]*)}");

    private final RandomGenerator random;

    Blanks(RandomGenerator random) {
        this.random = random;
    }

    /** A copy in which every text is filled. */
    JsonNode fill(JsonNode template) {
        if (template instanceof ObjectNode object) {
            ObjectNode filled = object.objectNode();
            object.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue())));
            return filled;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode filled = array.arrayNode();
            array.forEach(entry -> filled.add(fill(entry)));
            return filled;
        }
        return template.isString() ? StringNode.valueOf(fill(template.asString())) : template;
    }

    String fill(String text) {
        return BLANK.matcher(text).replaceAll(blank -> Matcher.quoteReplacement(value(blank.group(1))));
    }

    private String value(String blank) {
        int dots = blank.indexOf("..");
        if (dots > 0) {
            int from = Integer.parseInt(blank.substring(0, dots));
            int to = Integer.parseInt(blank.substring(dots + 2));
            return Integer.toString(random.nextInt(from, to + 1));
        }
        String[] words = blank.split("\\|", -1);
        return words[random.nextInt(words.length)];
    }
}
