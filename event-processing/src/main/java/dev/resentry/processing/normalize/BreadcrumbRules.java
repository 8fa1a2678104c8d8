package dev.resentry.processing.normalize;

import dev.resentry.model.event.Level;
import dev.resentry.processing.normalize.Texts.Limit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Breadcrumbs: texts, a level that is one, data of a bounded size. */
final class BreadcrumbRules {
    private static final Limit WORD = new Limit(128, 0);
    private static final Trimming.Limit DATA = new Trimming.Limit(5, 2048);

    private BreadcrumbRules() {}

    static void apply(Draft draft) {
        JsonNode breadcrumbs = draft.json().path("breadcrumbs").path("values");
        Path path = Path.EVENT.at("breadcrumbs").at("values");
        for (int i = 0; i < breadcrumbs.size(); i++) {
            if (breadcrumbs.get(i) instanceof ObjectNode breadcrumb) {
                apply(draft, breadcrumb, path.at(i));
            }
        }
        InterfaceNames.prune(draft.json(), "breadcrumbs");
    }

    private static void apply(Draft draft, ObjectNode breadcrumb, Path path) {
        Texts.bounded(draft, breadcrumb, "type", path, WORD);
        Texts.bounded(draft, breadcrumb, "category", path, WORD);
        Texts.bounded(draft, breadcrumb, "message", path, MessageRules.MESSAGE);
        Trimming.apply(draft, breadcrumb, "data", path, DATA);
        JsonNode level = breadcrumb.get("level");
        if (level != null) {
            Level.parse(level.asString("").strip())
                    .ifPresentOrElse(
                            known -> breadcrumb.put("level", known.wireName()),
                            () -> Texts.remove(
                                    draft, breadcrumb, "level", path, "expected one of " + Level.wireNames()));
        }
    }
}
