/** Two servers on one PostgreSQL that are killed at random moments while people get passkeys. */
@NullMarked
package dev.keysmith.war.crash;

import org.jspecify.annotations.NullMarked;
