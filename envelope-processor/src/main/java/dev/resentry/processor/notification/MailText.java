package dev.resentry.processor.notification;

/** The two bodies of a mail. */
final class MailText {
    private static final int MAX_TEXT = 100_000;

    private MailText() {}

    static String plain(DeliveryContent content) {
        var text = new StringBuilder(body(content));
        content.link()
                .filter(link -> text.indexOf(link.url()) < 0)
                .ifPresent(link -> text.append("\n\n").append(link.url()));
        content.unsubscribe()
                .ifPresent(url -> text.append("\n\n-- \nYour notifications: ").append(url));
        return text.append('\n').toString();
    }

    static String html(DeliveryContent content) {
        return content.html().orElseGet(() -> made(content));
    }

    private static String made(DeliveryContent content) {
        var html = new StringBuilder(
                "<!doctype html><html><body style=\"font:14px/1.5 system-ui,sans-serif;color:#1d2129\">");
        html.append("<div style=\"border-left:4px solid #")
                .append(content.color())
                .append(";padding-left:12px\">");
        html.append("<h2 style=\"font-size:16px;margin:0 0 8px\">");
        content.link()
                .ifPresentOrElse(
                        link -> html.append("<a href=\"")
                                .append(escape(link.url()))
                                .append("\">")
                                .append(escape(content.subject()))
                                .append("</a>"),
                        () -> html.append(escape(content.subject())));
        html.append("</h2>");
        if (!content.fields().isEmpty()) {
            html.append("<table style=\"border-collapse:collapse;margin:0 0 8px\">");
            for (DeliveryContent.Field field : content.fields()) {
                html.append("<tr><td style=\"color:#666;padding:0 12px 0 0\">")
                        .append(escape(field.name()))
                        .append("</td><td>")
                        .append(escape(field.value()))
                        .append("</td></tr>");
            }
            html.append("</table>");
        }
        html.append("<div style=\"white-space:pre-wrap\">")
                .append(escape(body(content)))
                .append("</div></div>");
        content.unsubscribe()
                .ifPresent(url -> html.append("<p style=\"color:#666;font-size:12px\"><a href=\"")
                        .append(escape(url))
                        .append("\">Your notifications</a></p>"));
        return html.append("</body></html>").toString();
    }

    private static String body(DeliveryContent content) {
        return Cut.to(content.text().strip(), MAX_TEXT);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
