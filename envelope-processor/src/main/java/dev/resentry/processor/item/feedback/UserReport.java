package dev.resentry.processor.item.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.event.EventId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report of a user in the older form: about an event, without an id of its own. It gets one that is made of all it says, so that what is
 * sent again, by an SDK or by somebody who presses twice, is the same report.
 */
final class UserReport {
    private UserReport() {}

    /**
     * Brings a report into the newer form, which is that of an event.
     *
     * @param headerId the event that the envelope names
     * @param isOfDialog whether it came by the dialog after an error, in a browser and by no SDK
     */
    static ObjectNode asFeedback(JsonNode report, @Nullable EventId headerId, boolean isOfDialog) {
        EventId about = EventId.parse(report.path("event_id").asString(""))
                .filter(FeedbackHandler::isId)
                .orElse(headerId);
        String name = report.path("name").asString("").strip();
        String email = report.path("email").asString("").strip();
        String comments = report.path("comments").asString("").strip();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("event_id", id(about, name, email, comments).toString()).put("level", "info");
        ObjectNode feedback = event.putObject("contexts")
                .putObject("feedback")
                .put("message", comments)
                .put("name", name)
                .put("contact_email", email)
                .put("source", isOfDialog ? "crash_dialog" : "user_report");
        if (isOfDialog) {
            // Else the browser would pass for the SDK.
            event.put("platform", "javascript").putObject("sdk");
        }
        if (about != null) {
            feedback.put("associated_event_id", about.toString());
        }
        return event;
    }

    private static EventId id(@Nullable EventId about, String name, String email, String comments) {
        String all = String.join("\0", "user_report", String.valueOf(about), name, email, comments);
        return new EventId(UUID.nameUUIDFromBytes(all.getBytes(UTF_8)));
    }
}
