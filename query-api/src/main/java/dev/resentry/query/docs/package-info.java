/** The documentation of the API, served from the jar. */
@NullMarked
package dev.resentry.query.docs;

import org.jspecify.annotations.NullMarked;
