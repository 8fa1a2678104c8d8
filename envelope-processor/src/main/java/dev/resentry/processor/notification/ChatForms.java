package dev.resentry.processor.notification;

import dev.resentry.processor.notification.DeliveryContent.Field;
import dev.resentry.storage.delivery.ClaimedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms of chats' incoming webhooks: a card with the title as a link, the colour of the level, what happened, and what is known of it. */
final class ChatForms {
    private static final int MAX_TITLE = 250;
    private static final int MAX_TEXT = 2_500;
    private static final int MAX_VALUE = 900;
    private static final int MAX_NAME = 100;

    /** As Slack has it; the others take more. */
    private static final int MAX_FIELDS = 10;

    private ChatForms() {}

    /** A form that needs no more than what is said. */
    @FunctionalInterface
    private interface Card {
        ObjectNode write(DeliveryContent content);
    }

    static WebhookForm slack() {
        return form(ChatForms::slack);
    }

    static WebhookForm mattermost() {
        return form(ChatForms::mattermost);
    }

    static WebhookForm discord() {
        return form(ChatForms::discord);
    }

    static WebhookForm msTeams() {
        return form(ChatForms::msTeams);
    }

    private static WebhookForm form(Card card) {
        return (ClaimedDelivery _, DeliveryContent content, Instant _) ->
                new WebhookForm.Message(Map.of(), card.write(content).toString());
    }

    private static ObjectNode slack(DeliveryContent content) {
        String title = slackText(content.subject(), MAX_TITLE);
        ObjectNode message = object();
        message.put("text", title);
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("color", "#" + content.color()).put("fallback", title);
        ArrayNode blocks = attachment.putArray("blocks");
        section(
                blocks,
                content.link()
                        .map(link -> "*<" + slackUrl(link.url()) + "|" + title + ">*")
                        .orElse("*" + title + "*"));
        if (!content.text().isBlank()) {
            section(blocks, slackText(content.text().strip(), MAX_TEXT));
        }
        List<Field> known = fields(content);
        if (!known.isEmpty()) {
            ArrayNode cells = blocks.addObject().put("type", "section").putArray("fields");
            known.forEach(field -> markdown(
                    cells.addObject(),
                    "*" + slackText(field.name(), MAX_NAME) + "*\n" + slackText(field.value(), MAX_VALUE)));
        }
        return message;
    }

    private static void section(ArrayNode blocks, String text) {
        markdown(blocks.addObject().put("type", "section").putObject("text"), text);
    }

    private static void markdown(ObjectNode node, String text) {
        node.put("type", "mrkdwn").put("text", text);
    }

    /**
     * Without Slack's three characters that mean something, so that nobody is called by a {@code <!channel>} in an error; cut before
     * these make it longer than Slack takes.
     */
    private static String slackText(String text, int most) {
        var escaped = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            String next = switch (character) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> Character.toString(character);
            };
            if (escaped.length() + next.length() >= most) {
                return escaped.append('…').toString();
            }
            escaped.append(next);
        }
        return escaped.toString();
    }

    private static String slackUrl(String url) {
        return url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C");
    }

    private static ObjectNode mattermost(DeliveryContent content) {
        String title = Cut.to(content.subject(), MAX_TITLE);
        ObjectNode message = object();
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment
                .put("fallback", quiet(title))
                .put("color", "#" + content.color())
                .put("title", quiet(title));
        content.link().ifPresent(link -> attachment.put("title_link", link.url()));
        attachment.put("text", quiet(Cut.to(content.text().strip(), MAX_TEXT)));
        ArrayNode cells = attachment.putArray("fields");
        fields(content)
                .forEach(field -> cells.addObject()
                        .put("short", true)
                        .put("title", quiet(field.name()))
                        .put("value", quiet(field.value())));
        return message;
    }

    private static ObjectNode discord(DeliveryContent content) {
        ObjectNode message = object();
        // Nobody is called, whatever the texts say.
        message.putObject("allowed_mentions").putArray("parse");
        ObjectNode embed = message.putArray("embeds").addObject();
        embed.put("title", quiet(Cut.to(content.subject(), MAX_TITLE)));
        content.link().ifPresent(link -> embed.put("url", link.url()));
        embed.put("description", quiet(Cut.to(content.text().strip(), MAX_TEXT)));
        embed.put("color", Integer.parseInt(content.color(), 16));
        ArrayNode cells = embed.putArray("fields");
        fields(content)
                .forEach(field -> cells.addObject()
                        .put("name", quiet(field.name()))
                        .put("value", quiet(field.value()))
                        .put("inline", true));
        return message;
    }

    /** An adaptive card in a message, as the workflows of Microsoft Teams take it. */
    private static ObjectNode msTeams(DeliveryContent content) {
        ObjectNode message = object().put("type", "message");
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode body = card.putArray("body");
        block(body, Cut.to(content.subject(), MAX_TITLE))
                .put("weight", "Bolder")
                .put("size", "Medium")
                .put("color", teamsColor(content.color()));
        if (!content.text().isBlank()) {
            block(body, Cut.to(content.text().strip(), MAX_TEXT));
        }
        List<Field> known = fields(content);
        if (!known.isEmpty()) {
            ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
            known.forEach(
                    field -> facts.addObject().put("title", quiet(field.name())).put("value", quiet(field.value())));
        }
        content.link()
                .ifPresent(link -> card.putArray("actions")
                        .addObject()
                        .put("type", "Action.OpenUrl")
                        .put("title", Cut.to(link.title(), MAX_NAME))
                        .put("url", link.url()));
        return message;
    }

    private static ObjectNode block(ArrayNode body, String text) {
        return body.addObject()
                .put("type", "TextBlock")
                .put("text", quiet(text))
                .put("wrap", true);
    }

    /** Of the names that cards have for colours. */
    private static String teamsColor(String color) {
        return switch (color) {
            case "e8a317" -> "Warning";
            case "3b6ecc", "8a8f98" -> "Accent";
            case "2f9e5f" -> "Good";
            default -> "Attention";
        };
    }

    /** Calls nobody and hides no address behind words: a space without width stands where either would begin. */
    private static String quiet(String text) {
        return text.replace("@", "@\u200b").replace("<!", "<\u200b!").replace("](", "]\u200b(");
    }

    private static List<Field> fields(DeliveryContent content) {
        return content.fields().stream()
                .limit(MAX_FIELDS)
                .map(field -> new Field(
                        Cut.to(field.name(), MAX_NAME), Cut.to(field.value().strip(), MAX_VALUE)))
                .toList();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
