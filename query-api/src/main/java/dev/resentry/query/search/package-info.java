/** The search language in the API: queries of lists, within a time, and what they can be made of. */
@NullMarked
package dev.resentry.query.search;

import org.jspecify.annotations.NullMarked;
