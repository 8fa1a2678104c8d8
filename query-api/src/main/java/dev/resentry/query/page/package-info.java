/** Lists, a page at a time. */
@NullMarked
package dev.resentry.query.page;

import org.jspecify.annotations.NullMarked;
