/** What is answered to a request, and when. */
@NullMarked
package dev.resentry.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
