package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.form.UrlEncodedForm;
import tools.jackson.databind.node.ObjectNode;

/** Converts the form of the dialog after an error into a report of its user (ingest protocol, section 3.2). */
final class UserReports {
    private UserReports() {}

    static EnvelopeItem item(byte[] content) {
        UrlEncodedForm form = UrlEncodedForm.parse(content);
        ObjectNode report = Json.object();
        for (String name : new String[] {"name", "email", "comments"}) {
            report.put(name, form.value(name));
        }
        return EnvelopeConversion.item(ItemType.Known.USER_REPORT, report);
    }
}
