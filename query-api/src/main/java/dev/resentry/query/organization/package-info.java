/** The organization, and what was changed in it. */
@NullMarked
package dev.resentry.query.organization;

import org.jspecify.annotations.NullMarked;
