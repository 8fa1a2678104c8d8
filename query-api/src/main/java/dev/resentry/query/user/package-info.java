/** Users, and how one becomes one: invitations and links for new passwords. */
@NullMarked
package dev.resentry.query.user;

import org.jspecify.annotations.NullMarked;
