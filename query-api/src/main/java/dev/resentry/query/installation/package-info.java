/** What a new installation is given: an administrator and a project. */
@NullMarked
package dev.resentry.query.installation;

import org.jspecify.annotations.NullMarked;
