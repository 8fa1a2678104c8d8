/** Events as people and programs read them. */
@NullMarked
package dev.resentry.query.event;

import org.jspecify.annotations.NullMarked;
