/** Sign-on by a provider of OpenID Connect: who comes from it, as which user, in which role. */
@NullMarked
package dev.resentry.query.signon;

import org.jspecify.annotations.NullMarked;
