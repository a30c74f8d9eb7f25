/** A clock that tests can put forward, packed into a WAR of their own. */
@NullMarked
package dev.keysmith.war.it.clock;

import org.jspecify.annotations.NullMarked;
