/** The API of notifications: what was and is to be sent, and whether mail is set up. */
@NullMarked
package dev.resentry.query.delivery;

import org.jspecify.annotations.NullMarked;
