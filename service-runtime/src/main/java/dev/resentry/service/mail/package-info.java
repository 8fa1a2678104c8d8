/** How mail is sent, as far as every service has to know it. */
@NullMarked
package dev.resentry.service.mail;

import org.jspecify.annotations.NullMarked;
