package dev.resentry.processor.item;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import java.util.Set;

/** Keeps items of the types that nothing is made of yet, unknown ones too. */
final class KeptItemHandler implements ItemHandler {

    /** None of its own: it handles what no other handler does. */
    @Override
    public Set<ItemType> types() {
        return Set.of();
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        return new ItemResult.Kept(item.header().type().needsEventId() ? context.headerId() : null);
    }
}
