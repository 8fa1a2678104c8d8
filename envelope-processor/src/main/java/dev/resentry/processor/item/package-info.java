/** What is made of the items of an envelope, one handler for each type. */
@NullMarked
package dev.resentry.processor.item;

import org.jspecify.annotations.NullMarked;
