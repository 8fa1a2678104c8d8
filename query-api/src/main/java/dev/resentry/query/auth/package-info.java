/** Who may ask: passwords, tokens, and what stays open. */
@NullMarked
package dev.resentry.query.auth;

import org.jspecify.annotations.NullMarked;
