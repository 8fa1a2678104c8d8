/** Sessions of applications: how each went, and what it is recognised by. */
@NullMarked
package dev.resentry.model.session;

import org.jspecify.annotations.NullMarked;
