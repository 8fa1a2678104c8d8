package dev.resentry.processor.item;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemType;
import java.util.Set;

/**
 * Makes of an item what is to be stored of it. Pure and without state: the same item in the same envelope always becomes the
 * same, on several threads at once. What is wrong inside an item is a result; an exception is a fault of ours, and makes a dead
 * letter of the item.
 */
public interface ItemHandler {

    /** The types it handles. A type has one handler at most. */
    Set<ItemType> types();

    ItemResult handle(EnvelopeItem item, ItemContext context);
}
