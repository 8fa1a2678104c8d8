/** What people say about a program, in both forms of the protocol. */
@NullMarked
package dev.resentry.processor.item.feedback;

import org.jspecify.annotations.NullMarked;
