/** Who acts, what their role and their scopes allow, which projects they see, and what they changed. */
@NullMarked
package dev.resentry.query.access;

import org.jspecify.annotations.NullMarked;
